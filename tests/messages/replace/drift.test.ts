/** What a refresh says of a token that the stack owns, and of those before it: a table. */
import assert from "node:assert/strict";

import { withSeenRecords } from "../../../provider/decisions/replace/nextState";
import { ownedDrift } from "../../../provider/messages/replace/drift";
import type { KeyRecord } from "../../../provider/model/answers";
import type { OwnedState } from "../../../provider/model/ownedState";
import { AT, HOUR, iso, markOf, ownedState, previousToken, tokenRecord } from "../../support/ownedSamples";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";

const SET_BACK = "The next pulumi up sets back what the program gives.";

describe("drift of an owned token", () => {
  const table: [what: string, before: Partial<OwnedState>, shown: Partial<KeyRecord>, said: string[]][] = [
    ["nothing", {}, {}, []],
    ["a name", {}, { name: "other" }, [`Changed outside Pulumi: name ci → other. ${SET_BACK}`]],
    [
      "custom roles in the place of a role",
      {},
      { role: null, customRoleIds: ["ops"] },
      [`Changed outside Pulumi: role writer → none, customRoleIds none → ["ops"]. ${SET_BACK}`],
    ],
    [
      "a description, without the mark",
      {},
      { description: `new ${markOf(2)}` },
      [`Changed outside Pulumi: description "text" → "new". ${SET_BACK}`],
    ],
    [
      "an expiry",
      {},
      { expiry: AT + HOUR },
      [
        `Given an expiry outside Pulumi: the token ends at ${iso(AT + HOUR)}. A pulumi up shortly before that creates another one.`,
      ],
    ],
    [
      "another's mark, which is not set back",
      {},
      { description: "text [Pulumi shop/dev/web 0123456789abcdef #0]" },
      [
        "Taken over by another: the token bears the mark of shop/dev/web now. This resource does not end it any more. Keep one of the two.",
      ],
    ],
    ["an expiry that was said before", { foreignExpiry: AT + HOUR }, { expiry: AT + HOUR }, []],
  ];
  for (const [what, before, shown, said] of table) {
    it(`tells of ${what}`, () => {
      const [state, record] = [ownedState(before), tokenRecord(shown)];
      const told = ownedDrift(
        rotatingAccessToken,
        state,
        withSeenRecords(rotatingAccessToken, state, [record]),
        record,
        AT,
      );
      assert.deepEqual(
        told.map(({ message }) => message),
        said,
      );
      assert.ok(told.every(({ severity }) => severity === "warning"));
    });
  }
});

describe("a previous token that somebody still uses", () => {
  const now = AT + 3 * HOUR;
  const used = { lastUsed: AT + HOUR };
  const begin = "Still in use: the previous token t1 (ending in ab12) was used 2 hours ago, and";
  const rows: [what: string, token: Parameters<typeof previousToken>[0], said: string[]][] = [
    ["is told with its end", { ...used, end: now + 2 * HOUR }, [`${begin} ends in 2 hours.`]],
    ["is told with the run that deletes it", used, [`${begin} the next pulumi up deletes it.`]],
    ["is not told once it has ended", { ...used, end: now }, []],
    ["is not told of a use before it was replaced", { lastUsed: AT, end: now + HOUR }, []],
    ["is not told while it is not retired", { ...used, retiredAt: null }, []],
    ["is not told where no use is known", { lastUsed: null }, []],
  ];
  for (const [what, token, said] of rows) {
    it(what, () => {
      const state = ownedState({ previous: [previousToken(token)] });
      const told = ownedDrift(rotatingAccessToken, state, state, tokenRecord(), now);
      assert.deepEqual(
        told.map(({ message }) => message),
        said,
      );
    });
  }
});
