/** The tarball: what is in it, and what the registry's tools say of it. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { build, type BuildOptions } from "esbuild";

import { repository } from "../../tools/stack/workspace";
import { pack, type Packed, swap } from "./packed";

/** The files of which the provider's bundle has a part. */
async function bundledFiles(): Promise<string[]> {
  const file = path.join(repository, "tools", "build", "bundle.mjs");
  const { options } = (await import(file)) as { options: BuildOptions };
  const entryPoints = [path.join(repository, "provider", "provider.ts")];
  const { metafile } = await build({ ...options, entryPoints, outdir: repository, write: false, metafile: true });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name);
}

describe("the tarball", function () {
  this.timeout(120_000);
  let packed: Packed;
  before(() => {
    packed = pack();
  });
  after(() => {
    packed.remove();
  });

  /** A file's text, as installed. */
  const text = (file: string) =>
    execFileSync("tar", ["-xzOf", packed.tarball, `package/${file}`], { encoding: "utf8", maxBuffer: 1 << 24 });

  it("has a manifest that says who, where and what for, and nothing of the development", () => {
    const manifest = JSON.parse(text("package.json")) as Record<string, unknown>;
    for (const field of ["author", "bugs", "homepage", "license", "repository", "type", "engines", "sideEffects"]) {
      assert.ok(field in manifest, field);
    }
    for (const field of ["scripts", "devDependencies", "workspaces", "dependencies"]) {
      assert.ok(!(field in manifest), field);
    }
    assert.deepEqual(manifest["engines"], { node: ">=22" });
  });

  it("says which commit it is made of, and whether files differed from it", () => {
    const { gitHead } = JSON.parse(text("package.json")) as { gitHead?: string };
    const [head = "", changes = ""] = [
      ["rev-parse", "HEAD"],
      ["status", "--porcelain", "--untracked-files=no"],
    ].map((words) => execFileSync("git", words, { cwd: repository, encoding: "utf8" }).trim());
    assert.equal(gitHead, changes === "" ? head : `${head}-dirty`);
  });

  it("brings the plugin's folder, whose program can be run", () => {
    const rows = execFileSync("tar", ["-tvzf", packed.tarball], { encoding: "utf8" }).split("\n");
    const plugin = rows.filter((row) => row.includes(" package/dist/plugin/"));
    assert.equal(plugin.length, 7);
    const program = plugin.find((row) => row.endsWith("/pulumi-resource-launchdarkly-rotation"));
    if (process.platform !== "win32") assert.match(program ?? "", /^-rwxr-xr-x/);
  });

  it("has nothing that an install would run or install", () => {
    const { peerDependencies } = JSON.parse(text("package.json")) as { peerDependencies: object };
    assert.deepEqual(Object.keys(peerDependencies), ["@pulumi/pulumi"]);
  });

  it("has a README whose links work without the repository's files", () => {
    const links = [...text("README.md").matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter((target) => !/^(?:https:|#)/.test(target)),
      [],
    );
    const home = "https://github.com/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation/";
    const own = links.filter((target) => target.startsWith(home)).map((target) => target.slice(home.length));
    assert.ok(own.length > 0);
    // As changesets names the tags of a repository with several packages: docs/releasing.md.
    const { version } = JSON.parse(text("package.json")) as { version: string };
    for (const target of own) {
      const [kind = "", tag, ...file] = target.replace(/#.*/, "").split("/");
      assert.ok(["blob", "raw"].includes(kind), target);
      assert.equal(tag, `pulumi-launchdarkly-rotation%40${version}`);
      assert.ok(existsSync(path.join(repository, ...file)), target);
    }
  });

  it("leaves the repository's own files as they were", () => {
    swap(packed.folder, "postpack");
    for (const file of ["package.json", "README.md"]) {
      assert.equal(
        readFileSync(path.join(packed.folder, file), "utf8"),
        readFileSync(path.join(repository, file), "utf8"),
      );
    }
  });

  it("names every library that the bundle has parts of, with its licence", async () => {
    const licences = text("dist/third-party-licences.txt");
    const files = await bundledFiles();
    const parts = new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
    assert.ok(parts.has("axios") && parts.has("zod"));
    for (const name of parts) assert.match(licences, new RegExp(`^${name} \\d[^\\n]*\\n\\n[^]`, "m"));
    const locales = files.filter((file) => /zod\/v4\/locales\//.test(file)).map((file) => path.basename(file));
    assert.deepEqual(locales, ["en.js"], "no texts in other languages");
  });

  for (const [tool, ...words] of [
    ["publint", "run", "--strict"],
    ["attw", "--no-color", "--format", "ascii"],
  ] as const) {
    it(`has nothing that ${tool} complains of`, () => {
      const file = path.join(repository, "node_modules", ".bin", tool);
      const { status, stdout, stderr } = spawnSync(file, [...words, packed.tarball], { encoding: "utf8" });
      assert.equal(status, 0, stdout + stderr);
      assert.doesNotMatch(stdout, /Warnings|Suggestions/);
    });
  }
});
