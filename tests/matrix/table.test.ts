/** The table of what works, in the docs: it says what the last run of each cell found, and that was what is expected. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import packageJson from "../../package.json";
import type { Group } from "./cell";
import { cells } from "./cells";
import { isComplete } from "./options";
import { readResults } from "./results";
import { page, pageWith } from "./table";

/** Once all of a group's cells have been run again, it goes from here. */
const WITHOUT_CLI: readonly Group[] = ["Bundled programs", "Pulumi's SDK and Node.js"];

describe("the table of versions that work", () => {
  it("is in the docs as the last run of each cell has left it", async () => {
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

  it("names the CLI of every cell that ran Pulumi, but for groups that were last run before it was written down", () => {
    const results = new Map(readResults().map((result) => [result.name, result]));
    const incomplete = cells.filter((cell) => !isComplete(cell, results.get(cell.name))).map(({ group }) => group);
    assert.deepEqual([...new Set(incomplete)], WITHOUT_CLI, "run them: npm run test:matrix -- --missing");
  });
});
