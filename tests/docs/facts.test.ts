/** The facts of docs/facts: each has its source, and names the test files that hold it. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { tableRows } from "../support/markdown";

const FOLDER = path.join(repository, "docs", "facts");
const NO_TEST = "no test";

/** What the rows of the tables of a page say in a column. */
const facts = readdirSync(FOLDER).flatMap((page) =>
  tableRows(readFileSync(path.join(FOLDER, page), "utf8")).map((row) => ({ page, row })),
);

describe("the facts that the code relies on", () => {
  it("are many, on every page", () => {
    for (const page of readdirSync(FOLDER)) {
      assert.ok(facts.filter((fact) => fact.page === page).length > 20, page);
    }
  });

  for (const { page, row } of facts) {
    const [fact] = Object.values(row);
    it(`have their source and their test: ${page}, ${fact ?? ""}`, () => {
      const { source, test } = row;
      assert.ok(source, "has a source");
      assert.ok(test, "has a test, or says that there is none");
      if (test === NO_TEST) return;
      const files = test
        .split(", ")
        .map((file) => /^`(tests\/(?:.*\.test|scenarios\/.*)\.ts)`$/.exec(file)?.[1] ?? assert.fail(file));
      for (const file of files) assert.ok(existsSync(path.join(repository, file)), `${file} is there`);
    });
  }
});
