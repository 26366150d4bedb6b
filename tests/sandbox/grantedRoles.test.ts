/** What a token may give to another one: by LaunchDarkly's description taken at its word, and by the strict reading. */
import assert from "node:assert/strict";

import type { Settings } from "../../sandbox/accessToken";
import { eachCaller } from "../support/sandboxCaller";

const MINT = {
  effect: "allow",
  actions: ["createAccessToken", "updateAccessTokenPolicy"],
  resources: ["service-token/*"],
} as const;
const OWN = { inlineRole: [{ ...MINT, actions: [...MINT.actions], resources: [...MINT.resources] }] };
const MORE = { inlineRole: [{ effect: "allow" as const, actions: ["*"], resources: ["proj/*"] }] };

describe("a token that may create tokens", () => {
  const caller = eachCaller();
  const { call } = caller;

  const rows: [what: string, by: Settings, given: Settings, isStrictlyAllowed: boolean][] = [
    ["with the Admin role", OWN, { role: "admin" }, false],
    ["with the role writer", OWN, { role: "writer" }, false],
    ["with the role reader", OWN, { role: "reader" }, true],
    ["with its own statements", OWN, OWN, true],
    ["with other statements", OWN, MORE, false],
    ["with a custom role that it lacks", OWN, { customRoleIds: ["618bf3a0a7e1a2000c6a9f3b"] }, false],
    ["with the Admin role, being an Admin's", { role: "admin" }, { role: "admin" }, true],
  ];
  for (const [what, by, given, isStrictlyAllowed] of rows) {
    for (const grantsMoreThanOwn of [true, false]) {
      const isAllowed = grantsMoreThanOwn || isStrictlyAllowed;
      it(`${isAllowed ? "makes" : "makes no"} one ${what}${grantsMoreThanOwn ? "" : ", by the strict reading"}`, async () => {
        caller.sandbox.openQuestions.grantsMoreThanOwn = grantsMoreThanOwn;
        const { id, key } = caller.sandbox.createToken(by);
        const before = caller.sandbox.store.all().length;
        const { status } = await call("POST", "/tokens", key, { ...given, serviceToken: true });
        assert.equal(status, isAllowed ? 201 : 403);
        assert.equal(caller.sandbox.store.all().length, before + (isAllowed ? 1 : 0));
        const [[member, value] = assert.fail()] = Object.entries(given);
        const patch = await call("PATCH", `/tokens/${id}`, key, [{ op: "add", path: `/${member}`, value }]);
        assert.equal(patch.status, isAllowed ? 200 : 403, "nor gives itself that role");
      });
    }
  }
});
