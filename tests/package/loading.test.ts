/** What a program loads with the package, and what that reads: both as little as can be. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";

import packageJson from "../../package.json";
import { version } from "../../provider/version";
import { repository } from "../../tools/stack/workspace";

/** @returns what the script prints, which runs where the package can be required */
function printed(script: string): unknown {
  const options = { cwd: path.join(repository, "examples"), encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], options));
}

/** The packages that a module brings beside the SDK and what it has loaded itself. */
const loadedBy = (id: string) => `
  require("@pulumi/pulumi");
  const before = new Set(Object.keys(require.cache));
  require("${id}");
  const loaded = Object.keys(require.cache).filter((file) => !before.has(file));
  console.log(JSON.stringify(loaded.map((file) => /node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1] ?? "ours")));`;

describe("loading the package", function () {
  this.timeout(180_000);

  it("loads no other package into a program", () => {
    assert.deepEqual(new Set(printed(loadedBy("pulumi-launchdarkly-rotation")) as string[]), new Set(["ours"]));
  });

  it("loads one file for the provider, whichever entry point a state refers to", () => {
    const loaded = `
      require("pulumi-launchdarkly-rotation/provider");
      require("pulumi-launchdarkly-rotation/providers");
      console.log(JSON.stringify(Object.keys(require.cache)));`;
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
      console.log(JSON.stringify(read.filter((file) => !/\\.[cm]?js$/.test(file))));`;
    assert.deepEqual(printed(script), []);
  });

  it("knows its version from a constant, which is package.json's", () => {
    assert.equal(version, packageJson.version);
  });
});
