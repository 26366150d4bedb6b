import assert from "node:assert/strict";

import { marks, type Timeline } from "../../tools/demo/timeline";
import { timelineSvg } from "../../tools/demo/timelineSvg";
import { timelineText } from "../../tools/demo/timelineText";

const timeline: Timeline = {
  from: 0,
  until: 10_000,
  keys: [
    { ending: "aaaa", bornAt: 0, expiresAt: 8_000, usedFrom: 0, usedUntil: 5_000 },
    { ending: "bbbb", bornAt: 3_000, expiresAt: undefined, usedFrom: 5_000, usedUntil: undefined },
  ],
  calls: 1_234,
  rejected: 2,
};

describe("the demo's timeline", () => {
  it("tells the resets, switches and deaths in order", () => {
    assert.deepEqual(
      marks(timeline).map(({ at, kind, key }) => [at, kind, key.ending]),
      [
        [3_000, "reset", "bbbb"],
        [5_000, "switch", "bbbb"],
        [8_000, "death", "aaaa"],
      ],
    );
  });

  it("draws each key's life and use, and says what was rejected", () => {
    const lines = timelineText(timeline, 62).split("\n");
    assert.equal(lines[0], `key …aaaa  ${"█".repeat(26)}${"░".repeat(14)}`);
    assert.equal(lines[1], `key …bbbb  ${" ".repeat(15)}${"░".repeat(10)}${"█".repeat(25)}`);
    assert.match(lines[2] ?? "", /^ +R +S +X$/);
    assert.ok(lines.includes("The consumer called 1234 times. Rejected calls: 2"));
  });

  it("draws the same as a picture", () => {
    const svg = timelineSvg(timeline);
    assert.equal(svg.match(/class="alive"/g)?.length, 2 + 1, "a bar for each key, and one in the legend");
    assert.equal(svg.match(/<line /g)?.length, 3);
    assert.match(svg, /1234 calls by the consumer, 2 rejected/);
  });
});
