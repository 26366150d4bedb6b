/** Where keys are used: which one the sandbox accepts, and until when. */
import assert from "node:assert/strict";

import { FLAG_KEY } from "../../sandbox/flag";
import { eachCaller } from "../support/sandboxCaller";

const MOBILE = `/msdk/evalx/contexts/${Buffer.from('{"kind":"user","key":"ada"}').toString("base64url")}`;
interface ForServers {
  readonly flags: Readonly<Record<string, { on: boolean; version: number }>>;
  readonly segments: object;
}

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

  it("have one flag, which tests turn", async () => {
    for (const isOn of [false, true, false]) {
      const { version } = caller.sandbox.store.flag.current();
      caller.sandbox.turnFlag(isOn);
      const { flags, segments } = JSON.parse((await consume("/sdk/latest-all", keys[0] ?? "")).text) as ForServers;
      const forApps = JSON.parse((await consume(MOBILE, keys[1] ?? "")).text) as Record<string, { value: boolean }>;
      assert.deepEqual([Object.keys(flags), segments], [[FLAG_KEY], {}]);
      const flag = flags[FLAG_KEY] ?? assert.fail();
      assert.deepEqual([flag.on, flag.version, forApps[FLAG_KEY]?.value], [isOn, version + 1, isOn]);
    }
  });

  it("accept additional keys where they accept the default ones, until they end", async () => {
    caller.sandbox.clock.hold();
    const [environment = assert.fail()] = caller.sandbox.store.environments.all();
    const name = { projectKey: environment.projectKey, environmentKey: environment.key };
    const expiry = caller.sandbox.clock.now() + 1_000;
    const paths = { sdk: "/sdk/latest-all", mobile: MOBILE } as const;
    for (const kind of ["sdk", "mobile"] as const) {
      const { keyId, key } = caller.sandbox.additionalKeys.add(name, { kind });
      const { key: expiring } = caller.sandbox.additionalKeys.add(name, { kind, expiry });
      const statuses = () =>
        Promise.all([key, expiring].flatMap((one) => PATHS.map(async (path) => (await consume(path, one)).status)));
      const only = [...PATHS, ...PATHS].map((path) => (path === paths[kind] ? 200 : 401));
      assert.deepEqual(await statuses(), only);
      caller.sandbox.clock.move(1_000);
      caller.sandbox.additionalKeys.remove(name, keyId);
      assert.deepEqual(await statuses(), [401, 401, 401, 401, 401, 401]);
      caller.sandbox.clock.move(-1_000);
    }
  });

  it("are streams of events for servers, which are no requests under way", async () => {
    const response = await fetch(`${caller.sandbox.url}/all`, { headers: { Authorization: keys[0] ?? "" } });
    assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
    await caller.sandbox.idle();
    assert.equal(caller.sandbox.openStreams(), 1);
    caller.sandbox.turnFlag(true);
    await call("POST", "/projects/shop/environments/production/apiKey");
    const events = (await response.text()).trim().split("\n\n");
    const [put, patch] = events.map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "") as { path: string });
    assert.deepEqual([events.length, put?.path, patch?.path], [2, "/", `/flags/${FLAG_KEY}`]);
    assert.deepEqual([caller.sandbox.openStreams(), caller.sandbox.mostAtOnce()], [0, 1]);
    assert.equal((await consume("/all", keys[0] ?? "")).status, 401);
  });

  it("end a stream when its key expires, without anything else that happens", async () => {
    const environment = caller.sandbox.createEnvironment();
    const { keyId, key } = caller.sandbox.additionalKeys.add(environment);
    const response = await fetch(`${caller.sandbox.url}/all`, { headers: { Authorization: key } });
    caller.sandbox.additionalKeys.change(environment, keyId, { expiry: caller.sandbox.clock.now() + 20 });
    assert.match(await response.text(), /^event: put\n/);
    assert.equal(caller.sandbox.openStreams(), 0);
  });

  it("suffer planned faults as other answers do", async () => {
    const route = "GET /all";
    caller.sandbox.faults.add({ route, when: "before", fault: { kind: "status", status: 503 } });
    assert.equal((await consume("/all", keys[0] ?? "")).status, 503);
    caller.sandbox.faults.add({ route, when: "after", fault: { kind: "drop" } });
    await assert.rejects(consume("/all", keys[0] ?? ""));
    await caller.sandbox.idle();
    assert.equal(caller.sandbox.openStreams(), 0);
  });

  it("take what SDKs for servers have noted, with a key that is alive", async () => {
    const statusOf = async (path: string, key: string) => {
      const headers = { Authorization: key, "Content-Type": "application/json" };
      const response = await fetch(`${caller.sandbox.url}${path}`, { method: "POST", headers, body: "[]" });
      return [response.status, await response.text()];
    };
    for (const path of ["/bulk", "/diagnostic"]) {
      assert.deepEqual(await statusOf(path, keys[0] ?? ""), [202, ""]);
      for (const key of [keys[1] ?? "", "sdk-unknown"]) assert.equal((await statusOf(path, key))[0], 401);
    }
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
