/** The code of the bundle: whole texts in short lines. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

describe("the bundle", () => {
  const lines = readFileSync(path.join(repository, "dist", "bundle.js"), "utf8").split("\n");

  it("breaks no text over lines, which Rollup would indent", () => {
    assert.deepEqual(
      lines.filter((line) => /(?<!\\)(?:\\\\)*\\$/.test(line)),
      [],
    );
  });

  it("has short lines, since Node prints the line at which a process crashes", () => {
    assert.ok(lines.length > 1000, String(lines.length));
    assert.ok(Math.max(...lines.map(({ length }) => length)) < 4000);
  });

  it("joins the parts of a text, and leaves its backslashes and line ends alone", async () => {
    const { withWholeTexts } = (await import(path.join(repository, "tools", "build", "bundle.mjs"))) as {
      withWholeTexts: (code: string) => string;
    };
    assert.equal(withWholeTexts('"a\\\nb"'), '"ab"');
    for (const code of ["`a\\\\\nb`", '"\\n"', "/\\\\/\n"]) assert.equal(withWholeTexts(code), code);
  });
});
