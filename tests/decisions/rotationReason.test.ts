/** Why a rotation is due: a table of states and inputs. */
import assert from "node:assert/strict";

import { reasonText, rotationReasons } from "../../provider/decisions/rotationReason";
import type { Json } from "../../provider/model/json";
import type { Properties } from "../support/providerProcess";
import { storedState } from "../support/storedState";

const NOW = Date.UTC(2026, 10, 24);

describe("rotationReasons", () => {
  const state: Properties = {
    tokenId: "61095542756dba551110ae21",
    triggers: { a: 1 },
    token: "api-00000000-0000-4000-8000-00000000abcd",
    tokenLastFour: "abcd",
  };
  const lostReset = { sentAt: 1, expiry: null, processed: true as const };
  const table: [what: string, state: Properties, triggers: Json, reason: string | undefined][] = [
    ["nothing changed", state, { a: 1 }, undefined],
    ["a trigger changed", state, { a: 2 }, "triggers.a changed"],
    ["two triggers changed", state, { a: 2, b: 1 }, "triggers.a changed, triggers.b added"],
    [
      "the key is another one",
      { ...state, tokenLastFour: "1234" },
      { a: 1 },
      "rotated outside Pulumi (key ending in 1234)",
    ],
    [
      "both",
      { ...state, tokenLastFour: "1234" },
      { a: 2 },
      "rotated outside Pulumi (key ending in 1234); triggers.a changed",
    ],
    [
      "the last key was lost",
      { ...state, lostReset, tokenLastFour: "1234" },
      { a: 1 },
      "the answer to the last reset was lost, so nobody holds the current key",
    ],
    ["no key was ever held", { ...state, token: null }, { a: 1 }, "first rotation by this stack"],
    [
      "the first key was lost",
      { ...state, token: null, lostReset },
      { a: 1 },
      "the answer to the last reset was lost, so nobody holds the current key",
    ],
    [
      "a request of our own may have come late",
      { ...state, tokenLastFour: "1234", lateResetPossible: true },
      { a: 1 },
      "rotated outside Pulumi, or by a request of the stack that came late (key ending in 1234)",
    ],
    ["a key awaits verification", { ...state, verificationPending: true }, { a: 1 }, undefined],
    [
      "a reset in doubt is asked for first",
      { ...state, lostReset: { ...lostReset, processed: null } },
      { a: 1 },
      undefined,
    ],
    [
      "LaunchDarkly refuses the key, which ends like the current one",
      { ...state, keyRefused: true },
      { a: 1 },
      "rotated outside Pulumi (key ending in abcd)",
    ],
    ["LaunchDarkly did not say the last four", { ...state, tokenLastFour: null }, { a: 1 }, undefined],
  ];
  for (const [what, given, triggers, reason] of table) {
    it(what, () => {
      assert.equal(reasonText(rotationReasons(storedState(given), { triggers }, NOW)), reason ?? "");
    });
  }

  const rotateAfter = { text: "1d", milliseconds: 24 * 60 * 60_000 };
  for (const [code, given] of [
    ["first", { ...state, token: null }],
    ["keyLost", { ...state, lostReset }],
    ["foreignReset", { ...state, tokenLastFour: "1234" }],
    ["triggers", { ...state, triggers: null }],
    ["age", { ...state, lastRotatedAt: "2026-11-01T00:00:00.000Z" }],
  ] as const) {
    it(`has the code ${code}, beside its text`, () => {
      const reasons = rotationReasons(storedState(given), { triggers: { a: 1 }, rotateAfter }, NOW);
      assert.deepEqual(
        reasons.map((reason) => reason.code),
        [code],
      );
    });
  }
});
