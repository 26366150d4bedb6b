/** Programs that have the package from where Pulumi does not look for it, or in two versions. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { version } from "../../provider/version";
import { repository } from "../../tools/stack/workspace";

const NAME = "pulumi-launchdarkly-rotation";
const SDK = "node_modules/@pulumi/pulumi";
/** As yarn lays it out with `nodeLinker: pnpm`. */
const SDK_IN_STORE = "node_modules/.store/@pulumi-pulumi-virtual-88588e6205/package";

describe("a program whose library brings the package", function () {
  this.timeout(60_000);
  let project: string;

  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  };
  const install = (folder: string, installed: string) => {
    cpSync(path.join(repository, "dist"), path.join(project, folder, NAME, "dist"), { recursive: true });
    const manifest = { name: NAME, version: installed, main: "./dist/index.js" };
    put(path.join(folder, NAME, "package.json"), JSON.stringify(manifest));
  };

  beforeEach(() => {
    project = realpathSync(mkdtempSync(path.join(os.tmpdir(), "project-")));
    const sdk = JSON.stringify(path.join(repository, "node_modules", "@pulumi", "pulumi"));
    put("node_modules/@pulumi/pulumi/index.js", `module.exports = require(${sdk});`);
    put("node_modules/library/index.js", `module.exports = require("${NAME}");`);
    install("node_modules/library/node_modules", version);
    // In the place of the program that the CLI starts.
    for (const folder of [SDK, SDK_IN_STORE])
      put(
        `${folder}/cmd/run/index.js`,
        `const pulumi = require("@pulumi/pulumi");
       pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });
       const { AccessTokenRotation } = require("library");
       for (const name of ["a", "b"]) new AccessTokenRotation(name, { tokenId: name });`,
      );
  });
  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  /** @returns what it prints */
  function run(sdk = SDK): { readonly status: number | null; readonly printed: string } {
    const main = path.join(sdk, "cmd", "run", "index.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [main], { cwd: project, encoding: "utf8" });
    return { status, printed: stdout + stderr };
  }

  it("is told to add the package where Pulumi would not find it, before anything runs", () => {
    for (const sdk of [SDK, SDK_IN_STORE]) {
      const { status, printed } = run(sdk);
      assert.notEqual(status, 0, sdk);
      assert.match(printed, /RunError: Pulumi can't find pulumi-launchdarkly-rotation from \S+project-/);
      assert.match(printed, new RegExp(`npm install ${NAME}@${version}`));
    }
  });

  it("is told nothing where Pulumi finds it, from the program or from the SDK", () => {
    for (const folder of ["node_modules", "node_modules/@pulumi/pulumi/node_modules"]) {
      install(folder, version);
      assert.deepEqual(run(), { status: 0, printed: "" }, folder);
      rmSync(path.join(project, folder, NAME), { recursive: true });
    }
  });

  it("is told once which version answers, if that is an older one", () => {
    install("node_modules", "0.0.9");
    const { status, printed } = run();
    assert.equal(status, 0);
    const warnings = printed.match(/Version \S+ of pulumi-launchdarkly-rotation answers/g);
    assert.deepEqual(warnings, ["Version 0.0.9 of pulumi-launchdarkly-rotation answers"], printed);
    assert.ok(printed.includes(`though the program uses ${version}`), printed);
  });

  it("is told nothing if a newer one answers, which reads what an older one writes", () => {
    install("node_modules", "0.10.0");
    assert.deepEqual(run(), { status: 0, printed: "" });
  });
});

describe("a program with two copies of the package", function () {
  this.timeout(60_000);

  it("can't rotate one credential with both of them", () => {
    const project = realpathSync(mkdtempSync(path.join(os.tmpdir(), "copies-")));
    try {
      const copies = ["installed", "packed"].map((name) => path.join(project, name));
      for (const copy of copies) cpSync(path.join(repository, "dist"), copy, { recursive: true });
      const main = path.join(project, "program.js");
      const text = `const pulumi = require("@pulumi/pulumi");
        pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });
        const [one, other] = ${JSON.stringify(copies)}.map((copy) => require(copy + "/index.js"));
        if (one.AccessTokenRotation === other.AccessTokenRotation) throw new Error("one copy");
        new one.AccessTokenRotation("a", { tokenId: "61095542756dba551110ae21" });
        new other.AccessTokenRotation("b", { tokenId: "61095542756dba551110ae21" });`;
      writeFileSync(main, text);
      symlinkSync(path.join(repository, "node_modules"), path.join(project, "node_modules"));
      const { status, stderr } = spawnSync(process.execPath, [main], { cwd: project, encoding: "utf8" });
      assert.notEqual(status, 0);
      assert.match(stderr, /"b" would rotate 61095542756dba551110ae21, which AccessTokenRotation "a" rotates already/);
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  });
});
