/** Whose key it is, and its role: what an answer tells, and what tells nothing. */
import assert from "node:assert/strict";

import {
  callerIdentityOperation,
  callerRoleOperation,
  processCallerIdentity,
  processCallerRole,
} from "../../provider/client/callerIdentity";
import { LaunchDarklyError } from "../../provider/client/errors";

const KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
const reply = (body: unknown, status = 200) => ({ kind: "answer", host: "h", status, headers: {}, body }) as const;
const LOST = { kind: "lost", reason: "socket hang up" } as const;

describe("whose a key is", () => {
  it("is asked at one address", () => {
    const { method, path, action } = callerIdentityOperation;
    assert.deepEqual([method, path, action], ["GET", "/api/v2/caller-identity", "check the key"]);
  });

  const told: [body: unknown, identity: object][] = [
    [
      { tokenId: "t1", accountId: "a1", more: 1 },
      { tokenId: "t1", accountId: "a1" },
    ],
    [{}, {}],
    [
      { tokenId: 1, accountId: "api-aaaa-bbbb" },
      { tokenId: undefined, accountId: undefined },
    ],
  ];
  for (const [body, identity] of told) {
    it(`is told by ${JSON.stringify(body)}`, () => {
      assert.deepEqual(processCallerIdentity(reply(body), KEY), identity);
    });
  }

  for (const [what, answer] of Object.entries({
    "a body that is none": reply("text"),
    "another success": reply({ tokenId: "t1" }, 202),
    "a refusal": reply({ tokenId: "t1" }, 401),
    "no answer": LOST,
  })) {
    it(`is not told by ${what}`, () => {
      assert.throws(() => processCallerIdentity(answer, KEY), LaunchDarklyError);
    });
  }
});

describe("the role of a key", () => {
  it("is asked of its own token", () => {
    const { method, path, action } = callerRoleOperation("t/1");
    assert.deepEqual([method, path, action], ["GET", "/api/v2/tokens/t%2F1", "read the role of the key"]);
  });

  const told: [answer: ReturnType<typeof reply>, role: string | undefined][] = [
    [reply({ role: "admin" }), "admin"],
    [reply({}), undefined],
    [reply({ role: 1 }), undefined],
    [reply(undefined), undefined],
    [reply({ role: "admin" }, 202), undefined],
    [reply({ role: "admin" }, 403), undefined],
    [reply({ role: "admin" }, 404), undefined],
    [reply({ role: "admin" }, 499), undefined],
  ];
  for (const [answer, role] of told) {
    it(`is ${String(role)} by ${answer.status} ${JSON.stringify(answer.body)}`, () => {
      assert.equal(processCallerRole(callerRoleOperation("t1"), answer, KEY), role);
    });
  }

  for (const answer of [LOST, reply({ role: "admin" }, 429), reply({ role: "admin" }, 500), reply({}, 503)]) {
    it(`can't be told of ${"status" in answer ? answer.status : answer.kind}`, () => {
      assert.throws(() => processCallerRole(callerRoleOperation("t1"), answer, KEY), /read the role of the key/);
    });
  }
});
