/** The table of what works, in the docs: it says what the last run of each cell found, and that was what is expected. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { cells } from "./cells";
import { readResults } from "./results";
import { page, pageWith } from "./table";

describe("the table of versions that work", () => {
  it("is in the docs as the last run of each cell has left it", async () => {
    assert.equal(readFileSync(page, "utf8"), await pageWith(cells, readResults()));
  });

  it("has no cell that ended otherwise than expected, and no two of one name", () => {
    const expected = new Map(cells.map((cell) => [cell.name, cell.expected.outcome]));
    assert.equal(expected.size, cells.length);
    for (const { name, outcome } of readResults()) assert.equal(outcome, expected.get(name), name);
  });
});
