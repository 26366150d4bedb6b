/** Why another record of a credential that the stack owns is due: a table. */
import assert from "node:assert/strict";

import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";
import { ownedRotationReasons } from "../../../provider/decisions/replace/rotationReason";
import { reasonText } from "../../../provider/decisions/rotationReason";
import type { OwnedState } from "../../../provider/model/ownedState";
import { AT as RETIRED, HOUR, ownedState as state } from "../../support/ownedSamples";

describe("the reason of another token", () => {
  const DAY = 24 * HOUR;
  const grace = (milliseconds: number) => ({ oldKeyExpiry: { kind: "duration", milliseconds } });
  const inputs = { triggers: null, rotateAfter: undefined, oldKeyExpiry: { kind: "immediate" } as const };
  const now = RETIRED + 3 * HOUR;
  const iso = (at: number) => new Date(at).toISOString();
  const long = { lastRotatedAt: null };
  const rows: [what: string, Partial<OwnedState>, object, reason: string | undefined][] = [
    ["is that there is none yet", { key: null }, {}, "first token of this stack"],
    ["is nothing where nothing has changed", {}, {}, undefined],
    ["is a trigger", {}, { triggers: { a: 1 } }, "triggers added"],
    ["is the age", {}, { rotateAfter: { text: "2h", milliseconds: 2 * HOUR } }, "3 hours old, rotateAfter is 2h"],
    ["is that the token is gone", { isGone: true }, {}, "the token was deleted outside Pulumi"],
    ["is that it has expired", { foreignExpiry: RETIRED }, {}, "the token expired at 2026-11-25T00:00:00.000Z"],
    [
      "is an expiry within 8 days",
      { ...long, foreignExpiry: now + 8 * DAY },
      {},
      "the token will expire at 2026-12-03T03:00:00.000Z",
    ],
    ["is not an expiry later than that", { ...long, foreignExpiry: now + 8 * DAY + 1 }, {}, undefined],
    [
      "is an expiry within the grace",
      { ...long, foreignExpiry: now + 90 * DAY },
      grace(90 * DAY),
      "the token will expire at 2027-02-23T03:00:00.000Z",
    ],
    [
      "is not an expiry later than the grace",
      { ...long, foreignExpiry: now + 90 * DAY + 1 },
      grace(90 * DAY),
      undefined,
    ],
    [
      "is not a near expiry in the first half of the token's life",
      { foreignExpiry: RETIRED + 6 * HOUR + 1 },
      {},
      undefined,
    ],
    [
      "is a near expiry in the second half of it",
      { foreignExpiry: RETIRED + 6 * HOUR },
      {},
      "the token will expire at 2026-11-25T06:00:00.000Z",
    ],
    [
      "is an expiry in a week of a token that was made yesterday",
      { lastRotatedAt: iso(now - DAY), foreignExpiry: now + 7 * DAY },
      {},
      "the token will expire at 2026-12-02T03:00:00.000Z",
    ],
    [
      "is not one of a token that was made today",
      { lastRotatedAt: iso(now - DAY + 1), foreignExpiry: now + 7 * DAY },
      {},
      undefined,
    ],
    [
      "is a near expiry though a fast clock has made the token in the future",
      { lastRotatedAt: iso(now + 300 * DAY), foreignExpiry: now + 7 * DAY },
      {},
      "the token will expire at 2026-12-02T03:00:00.000Z",
    ],
    [
      "is not an expiry within the grace in the first half of the token's life",
      { lastRotatedAt: iso(now - 44 * DAY), foreignExpiry: now + 46 * DAY },
      grace(90 * DAY),
      undefined,
    ],
    [
      "is one in the second half of it",
      { lastRotatedAt: iso(now - 46 * DAY), foreignExpiry: now + 44 * DAY },
      grace(90 * DAY),
      "the token will expire at 2027-01-08T03:00:00.000Z",
    ],
    [
      "is a newer token",
      { newer: { id: "t9", lastFour: "ab12" } },
      {},
      "a newer token of this resource is at LaunchDarkly, t9, whose key is not in this state",
    ],
    ["is that it expires now", { foreignExpiry: now }, {}, "the token expired at 2026-11-25T03:00:00.000Z"],
  ];
  for (const [what, more, asked, reason] of rows) {
    it(what, () => {
      const found = ownedRotationReasons(rotatingAccessToken.wording, state(more), { ...inputs, ...asked }, now);
      assert.equal(reasonText(found), reason ?? "");
    });
  }

  for (const [code, more] of [
    ["first", { key: null }],
    ["recordDeleted", { isGone: true }],
    ["recordEnds", { foreignExpiry: now }],
    ["newerRecord", { newer: { id: "t9", lastFour: "ab12" } }],
  ] as const) {
    it(`has the code ${code}, beside its text`, () => {
      const found = ownedRotationReasons(rotatingAccessToken.wording, state(more), inputs, now);
      assert.deepEqual(
        found.map((reason) => reason.code),
        [code],
      );
    });
  }
});
