/** Where keys are used: which one the sandbox accepts, and until when. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

const MOBILE = `/msdk/evalx/contexts/${Buffer.from('{"kind":"user","key":"ada"}').toString("base64url")}`;
const PATHS = ["/sdk/latest-all", MOBILE, "/relay_auto_config"];

describe("the sandbox's answers to consumers", () => {
  const caller = eachCaller();
  const { call } = caller;

  /** An SDK key, a mobile key and a Relay Proxy key. */
  let keys: string[];

  beforeEach(() => {
    const { sdkKey, mobileKey } = caller.sandbox.createEnvironment({ projectKey: "shop", key: "production" });
    keys = [sdkKey, mobileKey, caller.sandbox.createRelayConfiguration().key];
  });

  const consume = async (path: string, key: string) => {
    const response = await fetch(`${caller.sandbox.url}${path}`, { headers: { Authorization: key } });
    return { status: response.status, text: await response.text() };
  };

  it("accept each kind of key where LaunchDarkly does, and nowhere else", async () => {
    for (const path of PATHS) {
      const statuses = [];
      for (const key of [...keys, caller.sandbox.adminKey, ""]) statuses.push((await consume(path, key)).status);
      const accepted = PATHS.indexOf(path);
      assert.deepEqual(
        statuses,
        statuses.map((_status, index) => (index === accepted ? 200 : 401)),
        path,
      );
    }
  });

  it("have no flags", async () => {
    assert.deepEqual(JSON.parse((await consume("/sdk/latest-all", keys[0] ?? "")).text), { flags: {}, segments: {} });
    assert.deepEqual(JSON.parse((await consume(MOBILE, keys[1] ?? "")).text), {});
  });

  it("do not let these keys call the REST API", async () => {
    for (const key of keys) {
      assert.equal((await call("GET", "/caller-identity", key)).status, 401);
      assert.equal((await call("GET", "/projects/shop/environments", key)).status, 401);
    }
  });

  it("accept an old SDK key up to the end of its grace", async () => {
    caller.sandbox.clock.hold();
    const expiry = caller.sandbox.clock.now() + 100_000;
    const { json } = await call("POST", `/projects/shop/environments/production/apiKey?expiry=${expiry}`);
    const statuses = async () => [
      (await consume("/sdk/latest-all", keys[0] ?? "")).status,
      (await consume("/sdk/latest-all", String(json["apiKey"]))).status,
    ];
    caller.sandbox.clock.move(99_999);
    assert.deepEqual(await statuses(), [200, 200]);
    caller.sandbox.clock.move(1);
    assert.deepEqual(await statuses(), [401, 200]);
  });

  it("refuse an old mobile key from its reset on", async () => {
    const { json } = await call("POST", "/projects/shop/environments/production/mobileKey");
    assert.equal((await consume(MOBILE, keys[1] ?? "")).status, 401);
    assert.equal((await consume(MOBILE, String(json["mobileKey"]))).status, 200);
  });

  it("accept an old Relay Proxy key up to the end of its grace", async () => {
    caller.sandbox.clock.hold();
    const [{ id } = assert.fail()] = caller.sandbox.store.relayConfigurations.all();
    const expiry = caller.sandbox.clock.now() + 100_000;
    const { json } = await call("POST", `/account/relay-auto-configs/${id}/reset?expiry=${expiry}`);
    assert.equal((await consume("/relay_auto_config", keys[2] ?? "")).status, 200);
    caller.sandbox.clock.move(100_000);
    assert.equal((await consume("/relay_auto_config", keys[2] ?? "")).status, 401);
    assert.equal((await consume("/relay_auto_config", String(json["fullKey"]))).status, 200);
  });

  it("are no business of the REST API's rate limits", async () => {
    caller.sandbox.rateLimiter.limits = { global: 0 };
    assert.equal((await call("GET", "/caller-identity")).status, 429);
    const response = await fetch(`${caller.sandbox.url}/sdk/latest-all`, { headers: { Authorization: keys[0] ?? "" } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("x-ratelimit-global-remaining"), null);
    await response.arrayBuffer();
  });

  it("are in the log", async () => {
    await consume(MOBILE, keys[1] ?? "");
    const [logged] = caller.sandbox.requests;
    assert.deepEqual([logged?.route, logged?.callerId], ["GET /msdk/evalx/contexts/:context", undefined]);
    assert.equal(logged?.keyEnding, keys[1]?.slice(-4));
  });
});
