/** When a key is as old as rotateAfter says: a table of boundaries. */
import assert from "node:assert/strict";

import { ageReason, futureBeginning } from "../../provider/decisions/rotationReason";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);
const ago = (milliseconds: number) => new Date(NOW - milliseconds).toISOString();
const days = (count: number) => ({ text: `${count}d`, milliseconds: count * DAY });

describe("ageReason", () => {
  const rotated = (milliseconds: number) => ({ lastRotatedAt: ago(milliseconds), adoptedAt: null });
  const table: [
    what: string,
    state: Parameters<typeof ageReason>[0],
    rotateAfter: ReturnType<typeof days> | undefined,
    reason: string | undefined,
  ][] = [
    ["1 ms before it is due", rotated(90 * DAY - 1), days(90), undefined],
    ["exactly due", rotated(90 * DAY), days(90), "90 days old, rotateAfter is 90d"],
    ["late", rotated(91.9 * DAY), days(90), "91 days old, rotateAfter is 90d"],
    ["due after hours", rotated(DAY), { text: "PT24H", milliseconds: DAY }, "24 hours old, rotateAfter is PT24H"],
    ["rotateAfter removed", rotated(900 * DAY), undefined, undefined],
    ["rotateAfter shortened", rotated(40 * DAY), days(30), "40 days old, rotateAfter is 30d"],
    ["the clock moved back before the last rotation", rotated(-5 * DAY), days(1), undefined],
    ["never rotated", { lastRotatedAt: null, adoptedAt: null }, days(1), undefined],
    ["adopted a while ago", { lastRotatedAt: null, adoptedAt: ago(2 * DAY) }, days(1), "2 days old, rotateAfter is 1d"],
    ["adopted just now", { lastRotatedAt: null, adoptedAt: ago(1) }, days(1), undefined],
    ["adopted long ago, rotated since", { lastRotatedAt: ago(DAY), adoptedAt: ago(99 * DAY) }, days(90), undefined],
  ];
  for (const [what, state, rotateAfter, reason] of table) {
    it(`${what}: ${reason ?? "not due"}`, () => {
      assert.equal(ageReason(state, rotateAfter, NOW)?.text, reason);
    });
  }
});

describe("a key whose age begins in the future", () => {
  const soon = ago(-DAY);
  const far = ago(-730 * DAY);
  for (const [what, state, rotateAfter, instant] of [
    ["within a day, as clocks differ", { lastRotatedAt: soon, adoptedAt: null }, days(90), undefined],
    ["by two years", { lastRotatedAt: far, adoptedAt: null }, days(90), far],
    ["by a take-over", { lastRotatedAt: null, adoptedAt: far }, days(90), far],
    ["where it does not count", { lastRotatedAt: far, adoptedAt: null }, undefined, undefined],
    ["never rotated", { lastRotatedAt: null, adoptedAt: null }, days(90), undefined],
  ] as const) {
    it(`${what}: ${instant === undefined ? "is believed" : "is not believed, and not due"}`, () => {
      assert.equal(futureBeginning(state, rotateAfter, NOW), instant);
      assert.equal(ageReason(state, rotateAfter, NOW), undefined);
    });
  }
});
