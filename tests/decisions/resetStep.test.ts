import assert from "node:assert/strict";

import { type Before, wasProcessed } from "../../provider/decisions/lostReset";
import { type LookUp, resetStep } from "../../provider/decisions/resetStep";
import type { AccessToken } from "../../provider/model/accessToken";
import type { ResetReply } from "../../provider/model/resetReply";

const NOW = 1_800_000_000_000;
const token: AccessToken = {
  lastFour: "aaaa",
  name: null,
  role: null,
  customRoleIds: [],
  serviceToken: null,
  defaultApiVersion: null,
  lastModified: NOW - 1_000_000,
};
const before: Before = token;
const changed: LookUp = { kind: "found", token: { ...token, lastFour: "bbbb", lastModified: NOW } };
const unchanged: LookUp = { kind: "found", token };
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
    ["a key is kept", { kind: "reset", key: "api-1", token, at: NOW }, undefined, sent.expiry, "keep"],
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

describe("wasProcessed", () => {
  const table: [what: string, after: Partial<AccessToken>, isProcessed: boolean][] = [
    ["the same token", {}, false],
    ["other last four characters", { lastFour: "bbbb" }, true],
    ["renamed long before the reset", { lastModified: NOW - 500_000 }, false],
    ["modified at the time of the reset, the key ending the same", { lastModified: NOW + 50 }, true],
    ["LaunchDarkly does not say when it was modified", { lastModified: null }, false],
  ];
  for (const [what, after, isProcessed] of table) {
    it(`${what}: ${isProcessed ? "yes" : "no"}`, () => {
      assert.equal(wasProcessed(before, NOW, { ...token, ...after }), isProcessed);
    });
  }
});
