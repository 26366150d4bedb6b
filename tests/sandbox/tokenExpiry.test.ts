/** The expiry of tokens, their last use, and their limits. */
import assert from "node:assert/strict";

import type { Statement } from "../../sandbox/statement";
import { eachCaller } from "../support/sandboxCaller";

describe("the expiry of the sandbox's tokens", () => {
  const caller = eachCaller();
  const { call, accepts } = caller;

  let soon: number;

  beforeEach(() => {
    caller.sandbox.clock.hold();
    soon = caller.sandbox.clock.now() + 60_000;
  });

  const create = (body: object) => call("POST", "/tokens", caller.sandbox.adminKey, { role: "reader", ...body });
  const patch = (operation: object, key?: string) => call("PATCH", `/tokens/${caller.token.id}`, key, [operation]);
  const shown = async () => (await call("GET", `/tokens/${caller.token.id}`)).json["expiry"];

  it("is shown in every answer that shows the token, and in none if there is none", async () => {
    const { status, json } = await create({ expiry: soon });
    assert.deepEqual([status, json["expiry"]], [201, soon]);
    assert.ok(!("expiry" in (await create({})).json));
    assert.equal((await patch({ op: "add", path: "/expiry", value: soon })).json["expiry"], soon);
    assert.equal(await shown(), soon);
    const list = (await call("GET", "/tokens")).json["items"] as Record<string, unknown>[];
    assert.equal(list.find((item) => item["_id"] === caller.token.id)?.["expiry"], soon);
    assert.equal((await call("POST", `/tokens/${caller.token.id}/reset`)).json["expiry"], soon);
  });

  it("is the millisecond from which on all its keys are refused", async () => {
    const { json } = await call("POST", `/tokens/${caller.token.id}/reset?expiry=${soon + 60_000}`);
    await patch({ op: "add", path: "/expiry", value: soon });
    const keys = [caller.token.key, String(json["token"])];
    caller.sandbox.clock.move(59_999);
    for (const key of keys) assert.ok(await accepts(key));
    caller.sandbox.clock.move(1);
    for (const key of keys) {
      assert.equal((await call("GET", "/caller-identity", key)).status, 401);
      assert.equal((await call("GET", "/tokens", key)).status, 401);
    }
    assert.equal(await shown(), soon, "the token is still there for others");
  });

  it("can be put off and taken away, also when it has passed", async () => {
    await patch({ op: "add", path: "/expiry", value: soon });
    caller.sandbox.clock.move(60_000);
    assert.equal(await accepts(caller.token.key), false);
    assert.equal((await patch({ op: "replace", path: "/expiry", value: soon + 60_000 })).status, 200);
    assert.ok(await accepts(caller.token.key));
    assert.equal((await patch({ op: "remove", path: "/expiry" })).status, 200);
    assert.equal(await shown(), undefined);
    caller.sandbox.clock.move(60_000);
    assert.ok(await accepts(caller.token.key));
  });

  it("can be added and not replaced where there is none, as RFC 6902 says", async () => {
    const { status, json } = await patch({ op: "replace", path: "/expiry", value: soon });
    assert.deepEqual([status, json["code"]], [422, "patch_failed"]);
    assert.equal(await shown(), undefined);
    assert.equal((await patch({ op: "add", path: "/expiry", value: soon })).status, 200);
    assert.equal((await patch({ op: "add", path: "/expiry", value: soon + 1 })).json["expiry"], soon + 1);
  });

  it("must be an integer", async () => {
    for (const expiry of ["2026-12-24", String(soon), 1.5, null, true]) {
      assert.equal((await create({ expiry })).status, 400, String(expiry));
      assert.equal((await patch({ op: "add", path: "/expiry", value: expiry })).status, 422, String(expiry));
    }
    assert.equal(await shown(), undefined);
  });

  it("must be a time to come, unless switched", async () => {
    const past = caller.sandbox.clock.now() - 1;
    const before = caller.sandbox.store.all().length;
    for (const { status, json } of [
      await create({ expiry: past }),
      await patch({ op: "add", path: "/expiry", value: past }),
    ]) {
      assert.deepEqual([status, json["code"]], [400, "invalid_request"]);
    }
    assert.equal(caller.sandbox.store.all().length, before);
    caller.sandbox.openQuestions.acceptsPastTokenExpiry = true;
    assert.equal((await create({ expiry: past })).status, 201);
    assert.equal((await patch({ op: "add", path: "/expiry", value: past })).status, 200);
    assert.equal(await accepts(caller.token.key), false);
  });

  it("is no obstacle to other changes when it has passed", async () => {
    await patch({ op: "add", path: "/expiry", value: soon });
    caller.sandbox.clock.move(120_000);
    assert.equal((await patch({ op: "replace", path: "/name", value: "expired" })).status, 200);
    assert.equal((await call("DELETE", `/tokens/${caller.token.id}`)).status, 204);
  });

  it("takes an action of its own to change", async () => {
    const keyThatMay = (...actions: string[]) => {
      const inlineRole: Statement[] = [{ effect: "allow", actions, resources: ["service-token/*"] }];
      return caller.sandbox.createToken({ inlineRole }).key;
    };
    const change = { op: "add", path: "/expiry", value: soon };
    assert.equal((await patch(change, keyThatMay("updateAccessTokenPolicy", "updateAccessTokenName"))).status, 403);
    assert.equal((await patch(change, keyThatMay("updateAccessTokenExpiry"))).status, 200);
    const rename = { op: "replace", path: "/name", value: "renamed" };
    assert.equal((await patch(rename, keyThatMay("updateAccessTokenExpiry"))).status, 403);
  });

  it("is unknown if switched: a new token gets none, and a patch of it fails", async () => {
    caller.sandbox.openQuestions.knowsTokenExpiry = false;
    const created = await create({ expiry: soon });
    assert.equal(created.status, 201);
    assert.ok(!("expiry" in created.json));
    for (const op of ["add", "replace"]) {
      const { status, json } = await patch({ op, path: "/expiry", value: soon });
      assert.deepEqual([status, json["code"]], [422, "patch_failed"]);
    }
    assert.equal((await patch({ op: "replace", path: "/name", value: "renamed" })).status, 200);
    caller.sandbox.clock.move(120_000);
    assert.ok(await accepts(String(created.json["token"])));
  });
});

describe("the sandbox's tokens", () => {
  const caller = eachCaller();
  const { call, accepts } = caller;

  it("show when they were last used, and 0 if they never were", async () => {
    const lastUsed = async () => (await call("GET", `/tokens/${caller.token.id}`)).json["lastUsed"];
    assert.equal(await lastUsed(), 0);
    caller.sandbox.clock.hold();
    caller.sandbox.clock.move(60_000);
    assert.ok(await accepts(caller.token.key));
    assert.equal(await lastUsed(), caller.sandbox.clock.now());
    const { json } = await call(
      "POST",
      `/tokens/${caller.token.id}/reset?expiry=${caller.sandbox.clock.now() + 120_000}`,
    );
    caller.sandbox.clock.move(60_000);
    assert.ok(await accepts(caller.token.key));
    assert.equal(await lastUsed(), caller.sandbox.clock.now(), "a use of the old key counts");
    caller.sandbox.clock.move(30_000);
    assert.ok(await accepts(String(json["token"])));
    assert.equal(await lastUsed(), caller.sandbox.clock.now());
  });

  it("can be limited in number: one more is refused, and none is made", async () => {
    caller.sandbox.openQuestions.tokenLimit = caller.sandbox.store.all().length + 1;
    assert.equal((await call("POST", "/tokens", caller.sandbox.adminKey, { role: "reader" })).status, 201);
    const count = caller.sandbox.store.all().length;
    const { status, json } = await call("POST", "/tokens", caller.sandbox.adminKey, { role: "reader" });
    assert.deepEqual([status, json["code"]], [400, "token_limit_reached"]);
    assert.equal(typeof json["message"], "string");
    assert.equal(caller.sandbox.store.all().length, count);
    assert.equal((await call("DELETE", `/tokens/${caller.token.id}`)).status, 204);
    assert.equal((await call("POST", "/tokens", caller.sandbox.adminKey, { role: "reader" })).status, 201);
  });

  it("can be no longer resettable: 410, and nothing is reset", async () => {
    caller.sandbox.openQuestions.isTokenResetGone = true;
    const { status, json } = await call("POST", `/tokens/${caller.token.id}/reset`);
    assert.deepEqual([status, json["code"]], [410, "gone"]);
    assert.ok(await accepts(caller.token.key));
    assert.equal(caller.sandbox.requests[0]?.hasReset, false);
    assert.equal((await call("POST", `/tokens/${caller.token.id}/reset`, "api-unknown")).status, 401);
  });
});
