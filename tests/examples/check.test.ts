/** The check of examples/scheduled that a rotation has happened: what it takes for one, and what it fails for. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** What `pulumi stack output --json` prints goes in. */
function check(outputs: string, ...words: string[]): { readonly status: number | null; readonly said: string } {
  const file = path.join(repository, "examples", "scheduled", "check.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words], {
    input: outputs,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

describe("examples/scheduled/check.mjs", () => {
  for (const [name, outputs, words, status, said] of [
    ["passes a key that is young enough", { lastRotatedAt: daysAgo(91) }, ["92"], 0, /^The key was rotated at /],
    [
      "fails for a key that is too old",
      { lastRotatedAt: daysAgo(93) },
      ["92"],
      1,
      /since .*: that is more than 92 days/,
    ],
    ["fails for a key that was only taken over", { lastRotatedAt: null }, ["92"], 1, /has rotated the key yet/],
    ["fails where the stack does not export it", { token: "[secret]" }, ["92"], 1, /no output lastRotatedAt/],
    ["fails for an instant that is none", { lastRotatedAt: "yesterday" }, ["92"], 1, /since yesterday/],
    ["fails without a number of days", { lastRotatedAt: daysAgo(1) }, [], 1, /Say after how many days/],
  ] as const) {
    it(name, () => {
      const result = check(JSON.stringify(outputs), ...words);
      assert.equal(result.status, status, result.said);
      assert.match(result.said, said);
    });
  }

  it("fails where nothing, or no JSON, comes out of the pipe", () => {
    assert.equal(check("", "92").status, 1);
    assert.notEqual(check("error: no stack selected", "92").status, 0);
  });
});
