/** What a refresh says of a change: a table. */
import assert from "node:assert/strict";

import { drift } from "../../provider/messages/drift";
import { accessToken } from "../../provider/credentials/accessToken/credential";
import type { Properties } from "../support/providerProcess";
import { storedState } from "../support/storedState";

describe("drift", () => {
  const state: Properties = {
    tokenId: "61095542756dba551110ae21",
    token: "api-00000000-0000-4000-8000-00000000abcd",
    tokenLastFour: "abcd",
    lastModified: 1,
    role: "writer",
  };
  const foreign = "Reset outside Pulumi:";
  const next = "The next pulumi up resets it once more.";
  const recorded = "This asks for no rotation.";
  const table: [what: string, before: Properties, after: Properties, messages: string[]][] = [
    ["nothing changed", {}, {}, []],
    ["a new name", {}, { name: "other", lastModified: 2 }, []],
    [
      "other last four characters",
      {},
      { tokenLastFour: "1234", lastModified: 2 },
      [`warning: ${foreign} the current key ends in 1234, the stack's in abcd. ${next}`],
    ],
    ["the same, seen before", { tokenLastFour: "1234" }, { tokenLastFour: "5678" }, []],
    [
      "the key refused",
      {},
      { keyRefused: true },
      [`warning: ${foreign} LaunchDarkly does not accept the stack's key any more. ${next}`],
    ],
    ["a key that nobody holds", { token: null }, { token: null, tokenLastFour: "1234" }, []],
    ["another role", {}, { role: "reader" }, [`info: Changed at LaunchDarkly: role writer → reader. ${recorded}`]],
    [
      "custom roles instead",
      {},
      { role: null, customRoleIds: ["b", "a"] },
      [`info: Changed at LaunchDarkly: role writer → none, custom roles none → a + b. ${recorded}`],
    ],
    ["custom roles in another order", { customRoleIds: ["a", "b"] }, { customRoleIds: ["b", "a"] }, []],
  ];
  for (const [what, before, after, messages] of table) {
    it(`${what}: ${messages.length === 0 ? "none" : "said"}`, () => {
      const found = drift(accessToken, storedState({ ...state, ...before }), storedState({ ...state, ...after }));
      assert.deepEqual(
        found.map(({ severity, message }) => `${severity}: ${message}`),
        messages,
      );
    });
  }
});
