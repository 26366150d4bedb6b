/** What follows a reset: a table of answers and looks. */
import assert from "node:assert/strict";

import { type Before, type LookUp, resetStep, wasProcessed } from "../../provider/decisions/resetStep";
import type { Found, ResetReply } from "../../provider/model/answers";

const NOW = 1_800_000_000_000;
const seen: Found = { key: null, lastFour: "aaaa", lastModified: NOW - 1_000_000, details: {} };
const before: Before = seen;
const changed: LookUp = { kind: "found", found: { ...seen, lastFour: "bbbb", lastModified: NOW } };
const unchanged: LookUp = { kind: "found", found: seen };
const error = new Error("lost");
const unknown: ResetReply = { kind: "unknown", error, mayBeLate: true };

describe("resetStep", () => {
  const sent = { expiry: NOW + 1, sentAt: NOW - 100 };
  const table: [
    what: string,
    reply: ResetReply,
    lookUp: LookUp | undefined,
    expiry: number | undefined,
    step: string,
  ][] = [
    ["a key is kept", { kind: "reset", key: "api-1", found: seen, at: NOW }, undefined, sent.expiry, "keep"],
    ["a refusal ends it", { kind: "refused", error }, undefined, sent.expiry, "fail"],
    ["what was not processed is sent again", { kind: "notProcessed", error }, undefined, sent.expiry, "retry"],
    ["an unknown outcome is looked up", unknown, undefined, sent.expiry, "lookUp"],
    ["an unchanged token was not reset", unknown, unchanged, sent.expiry, "retry"],
    ["a lost key with a living old one stops it", unknown, changed, NOW + 1, "stop"],
    ["a lost key whose old one just died is reset again", unknown, changed, NOW, "resetAgain"],
    ["a lost key without a grace is reset again", unknown, changed, undefined, "resetAgain"],
    ["a failed look-up gives up", unknown, { kind: "failed", error }, sent.expiry, "giveUp"],
  ];
  for (const [what, reply, lookUp, expiry, step] of table) {
    it(what, () => {
      assert.equal(resetStep(before, { ...sent, expiry }, reply, lookUp, true, NOW).kind, step);
    });
  }

  it("a lost key is reset again, whatever grace the one before it has, if nobody holds that one", () => {
    assert.equal(resetStep(before, sent, unknown, changed, false, NOW).kind, "resetAgain");
    assert.equal(resetStep(before, sent, unknown, unchanged, false, NOW).kind, "retry");
  });
});

describe("resetStep, where the key can be read", () => {
  const [old, young] = ["sdk-old", "sdk-new"];
  const held: Before = { ...before, key: old };
  const look = (key: string): LookUp => ({ kind: "found", found: { ...seen, key, lastFour: key.slice(-4) } });

  it("keeps a key whose answer was lost, whatever became of the old one", () => {
    for (const expiry of [undefined, NOW + 1]) {
      const sent = { expiry, sentAt: NOW };
      const step = resetStep(held, sent, unknown, look(young), true, NOW);
      assert.ok(step.kind === "keep" && step.reset.key === young);
      assert.equal(resetStep(held, sent, unknown, look(old), true, NOW).kind, "retry");
    }
  });

  it("goes by the key alone: another one with the same ending is another one", () => {
    const alike: LookUp = { kind: "found", found: { ...seen, key: "sdk-NEW-old", lastFour: seen.lastFour } };
    assert.equal(resetStep(held, { expiry: undefined, sentAt: NOW }, unknown, alike, true, NOW).kind, "keep");
    const modified: LookUp = { kind: "found", found: { ...seen, key: old, lastModified: NOW } };
    assert.equal(resetStep(held, { expiry: undefined, sentAt: NOW }, unknown, modified, true, NOW).kind, "retry");
  });
});

describe("wasProcessed", () => {
  const table: [what: string, after: Partial<Found>, isProcessed: boolean][] = [
    ["the same token", {}, false],
    ["other last four characters", { lastFour: "bbbb" }, true],
    ["renamed long before the reset", { lastModified: NOW - 500_000 }, false],
    ["modified at the time of the reset, the key ending the same", { lastModified: NOW + 50 }, true],
    ["LaunchDarkly does not say when it was modified", { lastModified: null }, false],
  ];
  for (const [what, after, isProcessed] of table) {
    it(`${what}: ${isProcessed ? "yes" : "no"}`, () => {
      assert.equal(wasProcessed(before, NOW, { ...seen, ...after }), isProcessed);
    });
  }
});
