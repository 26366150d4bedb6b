/** What changes of a token that the stack owns, and when another one is due. */
import assert from "node:assert/strict";

import { dueToken } from "../../provider/decisions/owned/dueToken";
import { settingChanges, takeOverDifferences } from "../../provider/decisions/owned/settings";
import type { KeyRecord } from "../../provider/model/record";
import type { OwnedState } from "../../provider/model/ownedState";
import { UNKNOWN_VALUE } from "../../provider/model/unknownValue";
import { AT as RETIRED, HOUR, markOf, ownedState as state, tokenRecord } from "../support/ownedSamples";
import { rotatingAccessToken } from "../../provider/credentials/rotatingAccessToken/credential";

const owner = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken::ci";
const mark = markOf(2);

describe("the changes of a token that the stack owns", () => {
  it("are those that the program asks for, and no others", () => {
    const changes = (settings: object, more: Partial<OwnedState> = {}) =>
      settingChanges(rotatingAccessToken, state(more), {
        owner,
        settings: { name: "ci", role: "writer", ...settings },
      });
    const set = (setting: string, value: unknown) => ({ kind: "set", setting, value });
    assert.deepEqual(changes({}), [], "a description that the program does not give is left");
    assert.deepEqual(changes({ role: undefined }), [], "so is a role");
    assert.deepEqual(changes({ description: "text" }), []);
    assert.deepEqual(changes({ name: "other" }), [set("name", "other")]);
    assert.deepEqual(changes({ description: "new" }), [set("description", `new ${mark}`)]);
    assert.deepEqual(changes({ role: undefined, customRoleIds: ["ops"] }), [
      set("customRoleIds", ["ops"]),
      { kind: "remove", setting: "role" },
    ]);
    const unmarked = { settings: { name: "ci", role: "writer", description: "text" } };
    assert.deepEqual(changes({}, unmarked), [set("description", `text ${mark}`)], "the mark is put back");
    const taken = { settings: { ...unmarked.settings, description: "text [Pulumi shop/dev/web 0123456789abcdef #0]" } };
    assert.deepEqual(changes({ name: "other" }, taken), [set("name", "other")], "another's mark is left");
    const attempt = mark.replace("]", "-5f3a09bc]");
    const made = { settings: { ...unmarked.settings, description: `text ${attempt}` } };
    assert.deepEqual(changes({}, made), [], "so is the attempt in its own");
    assert.deepEqual(changes({ description: "new" }, made), [set("description", `new ${attempt}`)]);
  });
});

describe("the changes of a token that is taken over", () => {
  const rows: [what: string, shown: Partial<KeyRecord>, settings: object, told: string[]][] = [
    ["are none where it is what the program asks for", {}, {}, []],
    [
      "are none of what the program does not give",
      { role: "admin", defaultApiVersion: 20220603 },
      { role: undefined },
      [],
    ],
    ["are a name and a role", { name: "x", role: "admin" }, {}, ["name: x → ci", "role: admin → writer"]],
    ["are a description, but for its mark", {}, { description: "new" }, ["description: text → new"]],
    ["are none of a name that Pulumi does not know yet", {}, { name: UNKNOWN_VALUE }, []],
    ["are none of roles that Pulumi does not know yet", {}, { customRoleIds: [UNKNOWN_VALUE], role: undefined }, []],
    ["are none of a description that stays", {}, { description: "text" }, []],
    [
      "are the kind of role that another one takes the place of",
      {},
      { role: undefined, customRoleIds: ["ops"] },
      ["customRoleIds: undefined → ops", "role: writer → undefined"],
    ],
  ];
  for (const [what, shown, settings, told] of rows) {
    it(what, () => {
      const inputs = { settings: { name: "ci", role: "writer", ...settings } };
      const differences = takeOverDifferences(rotatingAccessToken, tokenRecord(shown), inputs);
      assert.deepEqual(
        differences.map(({ setting, was, is }) => `${setting}: ${String(was)} → ${String(is)}`),
        told,
      );
    });
  }
});

describe("the reason of another token", () => {
  const DAY = 24 * HOUR;
  const grace = (milliseconds: number) => ({ oldKeyExpiry: { kind: "duration", milliseconds } });
  const inputs = { triggers: null, rotateAfter: undefined, oldKeyExpiry: { kind: "immediate" } as const };
  const now = RETIRED + 3 * HOUR;
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
      "is a newer token",
      { newer: { id: "t9", lastFour: "ab12" } },
      {},
      "a newer token of this resource is at LaunchDarkly, t9, whose key is not in this state",
    ],
    ["is that it expires now", { foreignExpiry: now }, {}, "the token expired at 2026-11-25T03:00:00.000Z"],
  ];
  for (const [what, more, asked, reason] of rows) {
    it(what, () => {
      const found = dueToken(state(more), { ...inputs, ...asked }, now);
      assert.equal(found, reason);
    });
  }
});
