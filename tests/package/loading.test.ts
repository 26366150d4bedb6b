/** What a program loads with the package, and what that reads: both as little as can be. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

import packageJson from "../../package.json";
import { version } from "../../provider/version";
import { repository } from "../../tools/stack/workspace";

/** Ends the process, too: what serves would keep it. */
const PRINT = "const print = (value) => process.stdout.write(JSON.stringify(value), () => process.exit());";

/** @returns what the script prints, which runs where the package can be required */
function printed(script: string): unknown {
  const options = { cwd: path.join(repository, "examples"), encoding: "utf8", timeout: 60_000 } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", `${PRINT}${script}`], options));
}

/** The files that modules bring beside the SDK and what it has loaded itself. */
const loadedBy = (...ids: string[]) => `
  require("@pulumi/pulumi");
  const before = new Set(Object.keys(require.cache));
  for (const id of ${JSON.stringify(ids)}) require(id);
  print(Object.keys(require.cache).filter((file) => !before.has(file)));`;

/** The package that a file is of; one that the SDK brings is no part of this one. */
const packageOf = (file: string) => /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? "ours";

describe("loading the package", function () {
  this.timeout(180_000);

  it("loads no other package into a program", () => {
    const loaded = printed(loadedBy("pulumi-launchdarkly-rotation")) as string[];
    assert.deepEqual(new Set(loaded.map(packageOf)), new Set(["ours"]));
  });

  it("loads none of the plugin, whose folder is beside its code", () => {
    const folder = path.join(repository, "dist", "plugin") + path.sep;
    assert.ok(readdirSync(folder).includes("main.cjs"), "it is there");
    const every = ["", "/provider", "/providers"].map((entry) => `pulumi-launchdarkly-rotation${entry}`);
    const loaded = printed(loadedBy(...every)) as string[];
    assert.ok(loaded.includes(path.join(repository, "dist", "index.js")));
    assert.deepEqual(
      loaded.filter((file) => file.startsWith(folder)),
      [],
    );
  });

  it("loads one file for the provider, whichever entry point a state refers to", () => {
    const loaded = `
      require("pulumi-launchdarkly-rotation/provider");
      require("pulumi-launchdarkly-rotation/providers");
      print(Object.keys(require.cache));`;
    const files = (printed(loaded) as string[]).map((file) => path.relative(repository, file));
    assert.deepEqual(
      // What tests themselves load first is no part of the package.
      files.filter((file) => file !== "[eval]" && !file.startsWith("tests")).sort(),
      ["dist/bundle.js", "dist/provider.js", "dist/providers.js"].map((file) => path.normalize(file)),
    );
  });

  it("reads no file but its own code", () => {
    const script = `
      require("@pulumi/pulumi");
      const fs = require("node:fs");
      const { readFileSync } = fs;
      const read = [];
      fs.readFileSync = (file, ...rest) => { read.push(String(file)); return readFileSync(file, ...rest); };
      require("pulumi-launchdarkly-rotation");
      require("pulumi-launchdarkly-rotation/providers");
      const isCode = (file) => /\\.[cm]?js$/.test(file) && !/[\\\\/]dist[\\\\/]plugin[\\\\/]/.test(file);
      print(read.filter((file) => !isCode(file)));`;
    assert.deepEqual(printed(script), []);
  });

  it("knows its version from a constant, which is package.json's", () => {
    assert.equal(version, packageJson.version);
  });
});
