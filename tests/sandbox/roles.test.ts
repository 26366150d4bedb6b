/** Which roles may do what with tokens. */
import assert from "node:assert/strict";

import type { Settings } from "../../sandbox/accessToken";
import type { Statement } from "../../sandbox/statement";
import { eachCaller } from "../support/sandboxCaller";

const RESET_ONLY: Statement = { effect: "allow", actions: ["resetAccessToken"] };

describe("the sandbox's roles", () => {
  const caller = eachCaller();
  const { call } = caller;

  /** What a key with these settings is answered when it creates, patches, resets and deletes a service token. */
  const manage = async (settings: Settings) => {
    const { key } = caller.sandbox.createToken(settings);
    return [
      (await call("POST", "/tokens", key, { role: "reader", serviceToken: true })).status,
      (await call("PATCH", `/tokens/${caller.token.id}`, key, [])).status,
      (await call("POST", `/tokens/${caller.token.id}/reset`, key)).status,
      (await call("DELETE", `/tokens/${caller.token.id}`, key)).status,
    ];
  };

  /** What a key of this inline role is answered when it resets a token. */
  const reset = async (inlineRole: Statement[], id = caller.token.id) => {
    const { key } = caller.sandbox.createToken({ serviceToken: false, inlineRole });
    return (await call("POST", `/tokens/${id}/reset`, key)).status;
  };

  it("let only Admin manage tokens", async () => {
    assert.deepEqual(await manage({ role: "reader" }), [403, 403, 403, 403]);
    assert.deepEqual(await manage({ role: "writer" }), [403, 403, 403, 403]);
    assert.deepEqual(await manage({ role: "admin" }), [201, 200, 200, 204]);
  });

  it("let a token do what its inline role allows", async () => {
    assert.deepEqual(
      await manage({ inlineRole: [{ ...RESET_ONLY, resources: ["service-token/*"] }] }),
      [403, 403, 200, 403],
    );
    const all: Statement = { effect: "allow", actions: ["*"], resources: ["service-token/*"] };
    assert.deepEqual(await manage({ inlineRole: [all] }), [201, 200, 200, 204]);
  });

  it("let a token do all but what its inline role leaves out", async () => {
    const most: Statement = {
      effect: "allow",
      notActions: ["deleteAccessToken", "create*"],
      resources: ["service-token/*"],
    };
    assert.deepEqual(await manage({ inlineRole: [most] }), [403, 200, 200, 403]);
  });

  it("apply to the tokens that a statement names", async () => {
    const personal = caller.sandbox.createToken({ serviceToken: false });
    const memberId = caller.sandbox.store.find(personal.id)?.memberId ?? assert.fail();
    const other = caller.sandbox.createToken();
    for (const [resource, ...statuses] of [
      ["service-token/*", 200, 200, 403],
      [`service-token/${caller.token.id}`, 200, 403, 403],
      [`service-token/${caller.token.id.slice(0, 12)}*`, 200, 403, 403],
      ["member/*:token/*", 403, 403, 200],
      [`member/${memberId}:token/*`, 403, 403, 200],
      [`member/*:token/${personal.id}`, 403, 403, 200],
      ["member/569f514183f2164430000009:token/*", 403, 403, 403],
      ["member/*", 403, 403, 403],
      ["proj/*", 403, 403, 403],
      ["service-token", 403, 403, 403],
      [`service.token/${caller.token.id}`, 403, 403, 403],
    ] as const) {
      const role = [{ ...RESET_ONLY, resources: [resource] }];
      const found = [await reset(role), await reset(role, other.id), await reset(role, personal.id)];
      assert.deepEqual(found, statuses, resource);
    }
  });

  it("apply to all tokens but those that a statement leaves out", async () => {
    const other = caller.sandbox.createToken();
    const role = [{ ...RESET_ONLY, notResources: [`service-token/${caller.token.id}`, "member/*:token/*"] }];
    assert.deepEqual([await reset(role), await reset(role, other.id)], [403, 200]);
  });

  it("deny what one statement denies, whatever another one allows and whichever comes first", async () => {
    const other = caller.sandbox.createToken();
    const allow: Statement = { effect: "allow", actions: ["*"], resources: ["service-token/*"] };
    const deny: Statement = { effect: "deny", actions: ["*"], resources: [`service-token/${caller.token.id}`] };
    for (const role of [
      [allow, deny],
      [deny, allow],
    ]) {
      assert.deepEqual([await reset(role), await reset(role, other.id)], [403, 200]);
    }
    assert.equal(await reset([deny], other.id), 403, "what no statement allows is denied");
  });

  it("give a statement that names no actions or no resources no effect", async () => {
    assert.equal(await reset([RESET_ONLY]), 403);
    assert.equal(await reset([{ ...RESET_ONLY, resources: [] }]), 403);
    assert.equal(await reset([{ effect: "allow", resources: ["service-token/*"] }]), 403);
    const role: Statement = { ...RESET_ONLY, resources: ["service-token/*"] };
    assert.equal(await reset([role, { effect: "deny", actions: ["*"] }]), 200);
  });

  it("let a token create only the kind of token that its inline role names", async () => {
    const create = async (resource: string, serviceToken: boolean) => {
      const inlineRole = [{ effect: "allow" as const, actions: ["createAccessToken"], resources: [resource] }];
      const { key } = caller.sandbox.createToken({ inlineRole });
      return (await call("POST", "/tokens", key, { role: "reader", serviceToken })).status;
    };
    assert.deepEqual([await create("service-token/*", true), await create("service-token/*", false)], [201, 403]);
    assert.deepEqual([await create("member/*:token/*", true), await create("member/*:token/*", false)], [403, 201]);
    assert.equal(await create(`service-token/${caller.token.id}`, true), 403, "a new token has an id of its own");
  });

  it("ask for one action for each setting that a patch changes", async () => {
    const actions = ["updateAccessTokenName"];
    const { key } = caller.sandbox.createToken({
      inlineRole: [{ effect: "allow", actions, resources: ["service-token/*"] }],
    });
    const name = { op: "replace", path: "/name", value: "renamed" };
    const role = { op: "replace", path: "/role", value: "admin" };
    assert.equal((await call("PATCH", `/tokens/${caller.token.id}`, key, [name])).status, 200);
    assert.equal((await call("PATCH", `/tokens/${caller.token.id}`, key, [name, role])).status, 403);
    assert.equal(caller.sandbox.store.find(caller.token.id)?.role, "writer");
  });

  it("can't name actions and notActions in one statement, nor resources and notResources", async () => {
    for (const statement of [
      { effect: "allow", actions: ["*"], notActions: ["resetAccessToken"], resources: ["service-token/*"] },
      { effect: "allow", actions: ["*"], resources: ["service-token/*"], notResources: ["member/*:token/*"] },
    ]) {
      assert.equal((await call("POST", "/tokens", caller.sandbox.adminKey, { inlineRole: [statement] })).status, 400);
    }
  });

  it("let all read service tokens, and hide personal tokens from service tokens without Admin", async () => {
    const personal = caller.sandbox.createToken({ serviceToken: false, name: "mine" });
    const reader = caller.sandbox.createToken({ role: "reader" });
    assert.equal((await call("GET", `/tokens/${caller.token.id}`, reader.key)).status, 200);
    assert.equal((await call("GET", `/tokens/${personal.id}`, reader.key)).status, 404);
    assert.equal((await call("GET", `/tokens/${personal.id}`)).status, 200);
    assert.equal((await call("GET", `/tokens/${personal.id}`, personal.key)).status, 200);
  });
});
