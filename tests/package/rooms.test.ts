/** What the rooms of provider/ must stay; eslint.config.mjs holds each of them to its imports. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";

const provider = path.join(repository, "provider");
const credentials = path.join(provider, "credentials");
const MOST_LINES = 250;

/** The files of a folder and of those below it. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

/** The files that a file names to run them: a type is gone when it runs. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(
    ts.transpile(readFileSync(file, "utf8"), { module: ts.ModuleKind.ESNext }),
  );
  const own = importedFiles.filter(({ fileName }) => fileName.startsWith("."));
  return own.map(({ fileName }) => path.resolve(path.dirname(file), `${fileName}.ts`));
}

describe("the rooms of provider/", () => {
  it("have no circle of imports", () => {
    const done = new Set<string>();
    function walk(file: string, way: readonly string[]): void {
      assert.ok(!way.includes(file), [...way, file].map((one) => path.relative(provider, one)).join(" → "));
      if (done.has(file)) return;
      for (const imported of importsOf(file)) walk(imported, [...way, file]);
      done.add(file);
    }
    const files = filesBelow(provider);
    for (const file of files) walk(file, []);
    assert.equal(done.size, files.length);
  });

  it(`have a folder of fewer than ${MOST_LINES} lines for each credential`, () => {
    const folders = readdirSync(credentials, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.ok(folders.length >= 5);
    for (const { name } of folders) {
      const files = filesBelow(path.join(credentials, name));
      const lines = files.reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length - 1, 0);
      assert.ok(lines < MOST_LINES, `${name}: ${lines} lines`);
    }
  });
});
