/** Durations in words. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { formatDuration, parseDuration } from "../../provider/model/duration";

describe("formatDuration", () => {
  it("is exact, in the largest unit that makes a whole number", () => {
    const table: [text: string, words: string][] = [
      ["24h", "1 day"],
      ["36h", "36 hours"],
      ["90m", "90 minutes"],
      ["100m", "100 minutes"],
      ["1.5h", "90 minutes"],
      ["1500ms", "1500 milliseconds"],
      ["2w", "14 days"],
      ["1s", "1 second"],
    ];
    for (const [text, words] of table) assert.equal(formatDuration(parseDuration(text) ?? Number.NaN), words);
  });

  it("is read back as the same duration", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (milliseconds) => {
        assert.equal(parseDuration(formatDuration(milliseconds)), milliseconds);
      }),
    );
  });
});
