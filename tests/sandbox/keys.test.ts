/** The sandbox's keys: which are accepted, and until when. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

describe("the sandbox's keys", () => {
  const caller = eachCaller();
  const { call, accepts } = caller;

  it("refuses a missing, unknown or schemed key with a 401", async () => {
    for (const key of ["", "api-00000000-0000-4000-8000-000000000000", `Bearer ${caller.token.key}`]) {
      const { status, json } = await call("GET", "/caller-identity", key);
      assert.deepEqual([status, json["code"]], [401, "unauthorized"]);
      assert.equal(typeof json["message"], "string");
    }
  });

  it("can be switched to a 401 without a body", async () => {
    caller.sandbox.openQuestions.refusesKeysWithoutBody = true;
    const { status, headers, text } = await call("GET", "/caller-identity", "");
    assert.deepEqual([status, headers.get("content-type"), text], [401, null, ""]);
  });

  it("says whose key it is", async () => {
    const { status, json } = await call("GET", "/caller-identity", caller.token.key);
    assert.equal(status, 200);
    assert.equal(json["tokenId"], caller.token.id);
    assert.equal(json["tokenName"], "ci");
    assert.equal(json["serviceToken"], true);
  });

  it("shows the whole key in the answers to create and reset, and four characters elsewhere", async () => {
    const created = await call("POST", "/tokens", caller.sandbox.adminKey, { role: "reader", name: "new" });
    assert.equal(created.status, 201);
    assert.match(String(created.json["token"]), /^api-[0-9a-f-]{36}$/);
    const reset = await call("POST", `/tokens/${caller.token.id}/reset`);
    assert.match(String(reset.json["token"]), /^api-[0-9a-f-]{36}$/);
    assert.ok(await accepts(String(reset.json["token"])));
    const ending = String(reset.json["token"]).slice(-4);
    assert.equal((await call("GET", `/tokens/${caller.token.id}`)).json["token"], ending);
    const list = (await call("GET", "/tokens")).json["items"] as Record<string, unknown>[];
    assert.ok(list.every((item) => String(item["token"]).length === 4));
    const patched = await call("PATCH", `/tokens/${caller.token.id}`, caller.sandbox.adminKey, []);
    assert.equal(patched.json["token"], ending);
  });

  it("ends the old key at once when a reset names no expiry", async () => {
    await call("POST", `/tokens/${caller.token.id}/reset`);
    assert.equal(await accepts(caller.token.key), false);
  });

  it("lets several old keys live, each up to its own millisecond", async () => {
    const start = caller.sandbox.clock.now();
    const first = caller.token.key;
    const second = String(
      (await call("POST", `/tokens/${caller.token.id}/reset?expiry=${start + 100_000}`)).json["token"],
    );
    const third = String(
      (await call("POST", `/tokens/${caller.token.id}/reset?expiry=${start + 200_000}`)).json["token"],
    );
    const alive = (at: number) =>
      [first, second, third].map((key) => caller.sandbox.store.findByKey(key, at) !== undefined);
    assert.deepEqual(alive(start + 99_999), [true, true, true]);
    assert.deepEqual(alive(start + 100_000), [false, true, true]);
    assert.deepEqual(alive(start + 199_999), [false, true, true]);
    assert.deepEqual(alive(start + 200_000), [false, false, true]);
    caller.sandbox.clock.move(150_000);
    assert.deepEqual([await accepts(first), await accepts(second), await accepts(third)], [false, true, true]);
  });

  it("refuses an expiry that is no time to come", async () => {
    for (const expiry of ["soon", "-1", "1.5", "1000", ""]) {
      const { status, json } = await call("POST", `/tokens/${caller.token.id}/reset?expiry=${expiry}`);
      assert.equal(status, 400, expiry);
      assert.equal(json["code"], "invalid_request");
    }
    assert.ok(await accepts(caller.token.key));
  });
});
