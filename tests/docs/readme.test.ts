/** The README is as short as it should be. `newcomer.ts` does what it says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

/** Two screens, blocks of code and tables included. */
const MOST_LINES = 90;

describe("the README", () => {
  it("is two screens long", () => {
    const lines = readFileSync(path.join(repository, "README.md"), "utf8").trimEnd().split("\n");
    const tooMany = `README.md has ${lines.length} lines, and ${MOST_LINES} at most: shorten it, or move something to docs/`;
    assert.ok(lines.length <= MOST_LINES, tooMany);
  });
});
