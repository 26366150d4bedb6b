/** What the matrix can be told: which cells it runs, and what counts as a complete result. */
import assert from "node:assert/strict";

import type { Cell, Result } from "./cell";
import { cell } from "./layouts";
import { HELP, isComplete, readOptions } from "./options";

const npm = cell({ group: "Package managers", name: "npm 11" });
const types: Cell = {
  ...cell({ group: "Types, with the TypeScript compiler", name: "5.9" }),
  run: { kind: "commands" },
};
const without: Result = { name: "npm 11", outcome: "works", versions: { node: "22.0.0" }, date: "2026-11-25" };
const complete: Result = { ...without, versions: { ...without.versions, cli: "3.274.1" } };

describe("npm run test:matrix", () => {
  it("explains every option", () => {
    for (const option of ["--jobs", "--missing", "--list", "--help"]) assert.ok(HELP.includes(`  ${option}`), option);
    assert.ok(readOptions(["--help"]).isHelp);
    assert.ok(readOptions(["--list"]).isList);
    assert.equal(readOptions(["--jobs", "1"]).jobs, 1);
  });

  it("refuses what it does not know", () => {
    assert.throws(() => readOptions(["--mising"]), /--mising/);
    assert.throws(() => readOptions(["--jobs", "none"]), /--jobs must be a whole number above 0, not none/);
  });

  it("runs all cells, or those whose group or name has the words", () => {
    assert.ok(readOptions([]).isWanted(npm, complete));
    const named = readOptions(["Package managers: npm", "jest"]);
    assert.ok(named.isWanted(npm, complete));
    assert.ok(!named.isWanted(types, undefined));
  });

  it("runs with --missing what has no result, another than expected, or one that names no CLI though Pulumi ran", () => {
    const { isWanted } = readOptions(["--missing"]);
    const differing: Result = { ...complete, outcome: "differs" };
    assert.deepEqual(
      [undefined, differing, without, complete].map((result) => isWanted(npm, result)),
      [true, true, true, false],
    );
    assert.ok(!isWanted(types, without), "a compiler needs no CLI");
    assert.ok(isComplete(types, without) && !isComplete(types, undefined));
  });
});
