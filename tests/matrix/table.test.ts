/** The tables of the install matrix, beside it: they say what the last run of each cell found, and that was what is expected. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import packageJson from "../../package.json";
import { cells } from "./cells";
import { isComplete } from "./options";
import { readResults } from "./results";
import { page, pageWith } from "./table";

describe("the table of versions that work", () => {
  it("is on its page as the last run of each cell has left it", async () => {
    assert.equal(readFileSync(page, "utf8"), await pageWith(cells, readResults()));
  });

  it("has a result of every cell, as expected, and no two cells of one name", () => {
    const results = new Map(readResults().map(({ name, outcome }) => [name, outcome]));
    for (const { name, expected } of cells) assert.equal(results.get(name), expected.outcome, name);
    assert.equal(results.size, cells.length);
  });

  it("is of bundles for the oldest Node.js that the package supports", () => {
    const targets = cells
      .flatMap(({ commands }) => commands.flatMap(({ words }) => words))
      .flatMap((word) => /^--target=node(\d+)$/.exec(word)?.[1] ?? []);
    assert.deepEqual([...new Set(targets.map((major) => `>=${major}`))], [packageJson.engines.node]);
  });

  it("names the CLI of every cell that ran Pulumi", () => {
    const results = new Map(readResults().map((result) => [result.name, result]));
    const incomplete = cells.filter((cell) => !isComplete(cell, results.get(cell.name))).map(({ name }) => name);
    assert.deepEqual(incomplete, [], "run them: npm run test:matrix -- --missing");
  });
});
