/** What a preview says of a rotation that is due: the end of the old key, of the one before, and how urgent it is. */
import assert from "node:assert/strict";

import {
  announceTakeOver,
  announceFrozen,
  announceRotation,
  type DueRotation,
  type PreviousRotation,
  cutShort,
  scheduleWarnings,
} from "../../provider/messages/announcement";

const NOW = Date.UTC(2026, 10, 25);
const HOUR = 3_600_000;
const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();

const grace = { kind: "duration", milliseconds: 24 * HOUR } as const;
const immediate = { kind: "immediate" } as const;
const instant = { kind: "instant", epochMilliseconds: NOW + HOUR } as const;
const previous = (more: Partial<PreviousRotation> = {}) => {
  return { previous: { oldKeyExpiresAt: iso(NOW + HOUR), triggers: [], now: NOW, ...more } };
};

describe("the announcement of a rotation", () => {
  const table: [what: string, due: Partial<DueRotation>, severity: string, said: string][] = [
    ["a grace", {}, "info", "The current key keeps working for 1 day."],
    ["an instant", { oldKeyExpiry: instant }, "info", `The current key keeps working until ${iso(NOW + HOUR)}.`],
    ["an end at once", { oldKeyExpiry: immediate }, "warning", "The current key dies at once."],
    [
      "an end at once that nobody asked for",
      { oldKeyExpiry: undefined },
      "warning",
      "The current key dies at once, because oldKeyExpiry is not set.",
    ],
    [
      "an end that is not known yet",
      { oldKeyExpiry: { kind: "unknown" } },
      "info",
      "When the current key dies is not known yet.",
    ],
    [
      "a key whose ending is known",
      { lastFour: "ab12" },
      "info",
      "The current key (ending in ab12) keeps working for 1 day.",
    ],
    [
      "a kind that has no grace, whatever is asked for",
      { noGrace: "dies at once, and apps stop." },
      "warning",
      "The current key dies at once, and apps stop.",
    ],
    [
      "a key before it that has ended",
      previous({ oldKeyExpiresAt: iso(NOW) }),
      "info",
      "The current key keeps working for 1 day.",
    ],
    ["no key before it", previous({ oldKeyExpiresAt: null }), "info", "The current key keeps working for 1 day."],
    [
      "a key before it in its grace",
      previous({ oldKeyExpiresAt: iso(NOW + 1) }),
      "warning",
      `The current key keeps working for 1 day. The key before it may die early, before ${iso(NOW + 1)}.`,
    ],
    [
      "a key before it in its grace, and triggers that may be restless",
      previous({ triggers: ["triggers.a", "triggers.b"] }),
      "warning",
      `The current key keeps working for 1 day. The key before it may die early, before ${iso(NOW + HOUR)}. If triggers.a and triggers.b changes in every run, every run rotates.`,
    ],
    [
      "a key before it that may outlive an end at once",
      { ...previous({ triggers: ["triggers.a"] }), oldKeyExpiry: immediate },
      "warning",
      `The current key dies at once. The key before it may live on until ${iso(NOW + HOUR)}.`,
    ],
    [
      "a key that could be taken over",
      { initialKey: "initialToken" },
      "info",
      "The current key keeps working for 1 day. To keep the key, give initialToken, or aliases after a rename.",
    ],
  ];
  for (const [what, due, severity, said] of table) {
    it(`tells ${what}`, () => {
      const announcement = announceRotation({ reason: "triggers.a changed", oldKeyExpiry: grace, ...due });
      assert.deepEqual(announcement, { severity, message: `Will reset: triggers.a changed. ${said}` });
    });
  }
});

describe("the announcement of what is no rotation", () => {
  it("names the key that is taken over", () => {
    const taken = (input?: string) => announceTakeOver(input === undefined ? {} : { initialKey: input }).message;
    assert.equal(taken(), "Will take over: the current key, without a reset.");
    assert.equal(taken("initialKey"), "Will take over: the key given as initialKey, without a reset.");
  });

  it("says why a frozen resource is due, before and after", () => {
    const said = (isPreview: boolean) => announceFrozen("rotateAfter is 90d", isPreview);
    const rest = "frozen is true, though a reset is due (rotateAfter is 90d).";
    assert.deepEqual(said(true), { severity: "info", message: `Will not reset: ${rest}` });
    assert.deepEqual(said(false), { severity: "info", message: `Not reset: ${rest}` });
  });

  it("warns of an instant that rotateAfter will outlive, and of nothing else", () => {
    const rotateAfter = { text: "90d", milliseconds: 90 * 24 * HOUR };
    const [warning, ...others] = scheduleWarnings({ oldKeyExpiry: instant, rotateAfter }, cutShort);
    assert.deepEqual(others, []);
    assert.equal(warning?.severity, "warning");
    assert.ok(warning.message.includes(iso(instant.epochMilliseconds)), warning.message);
    for (const inputs of [{ oldKeyExpiry: instant }, { oldKeyExpiry: grace, rotateAfter }, { rotateAfter }]) {
      assert.deepEqual(scheduleWarnings(inputs, cutShort), []);
    }
  });
});
