/** The sandbox's Relay Proxy configurations and the reset of their keys. */
import assert from "node:assert/strict";

import type { Statement } from "../../sandbox/statement";
import { eachCaller } from "../support/sandboxCaller";

const PATH = "/account/relay-auto-configs";

/** Members that the schema RelayAutoConfigRep requires. Source: LaunchDarkly's OpenAPI description. */
const REQUIRED: Readonly<Record<string, string>> = {
  _id: "string",
  name: "string",
  policy: "object",
  displayKey: "string",
  creationDate: "number",
  lastModified: "number",
};

describe("the sandbox's Relay Proxy configurations", () => {
  const caller = eachCaller();
  const { call } = caller;

  let relay: { readonly id: string; readonly key: string };

  beforeEach(() => {
    relay = caller.sandbox.createRelayConfiguration({ name: "berlin" });
  });

  const reset = (query = "", key?: string) => call("POST", `${PATH}/${relay.id}/reset${query}`, key);

  /** Whether the current key and the older ones are alive, newest first. */
  const aliveAt = (at: number) =>
    (caller.sandbox.store.relayConfigurations.find(relay.id)?.keys ?? []).map(
      ({ expiresAt }) => expiresAt === null || expiresAt > at,
    );

  it("are shown with every member that LaunchDarkly's description requires", async () => {
    const list = await call("GET", PATH);
    const [item] = list.json["items"] as Record<string, unknown>[];
    for (const shown of [(await call("GET", `${PATH}/${relay.id}`)).json, item ?? {}, (await reset()).json]) {
      const types = Object.keys(REQUIRED).map((name) => [name, typeof shown[name]]);
      assert.deepEqual(Object.fromEntries(types), REQUIRED);
      assert.deepEqual([shown["_id"], shown["name"]], [relay.id, "berlin"]);
    }
  });

  it("are listed all at once", async () => {
    for (let index = 0; index < 30; index++) caller.sandbox.createRelayConfiguration();
    assert.equal(((await call("GET", PATH)).json["items"] as unknown[]).length, 31);
  });

  it("show the whole key in the answer to a reset, and four characters elsewhere", async () => {
    assert.match(relay.key, /^rel-[0-9a-f-]{36}$/);
    const { json } = await reset();
    const key = String(json["fullKey"]);
    assert.match(key, /^rel-[0-9a-f-]{36}$/);
    assert.notEqual(key, relay.key);
    assert.equal(json["displayKey"], key.slice(-4));
    const found = (await call("GET", `${PATH}/${relay.id}`)).json;
    const [item] = (await call("GET", PATH)).json["items"] as Record<string, unknown>[];
    for (const shown of [found, item]) {
      assert.equal(shown?.["displayKey"], key.slice(-4));
      assert.ok(!("fullKey" in shown));
    }
  });

  it("tell by lastModified of a reset", async () => {
    caller.sandbox.clock.move(60_000);
    const { json } = await reset();
    assert.ok(Number(json["lastModified"]) >= Number(json["creationDate"]) + 60_000);
  });

  it("end the old key at once when a reset names no expiry", async () => {
    await reset();
    assert.deepEqual(aliveAt(caller.sandbox.clock.now()), [true, false]);
  });

  it("let several old keys live, each up to its own millisecond, unless switched", async () => {
    caller.sandbox.clock.hold();
    const start = caller.sandbox.clock.now();
    await reset(`?expiry=${start + 100_000}`);
    await reset(`?expiry=${start + 200_000}`);
    assert.deepEqual(aliveAt(start + 99_999), [true, true, true]);
    assert.deepEqual(aliveAt(start + 100_000), [true, true, false]);
    caller.sandbox.openQuestions.endsOlderGrace = true;
    await reset(`?expiry=${start + 300_000}`);
    assert.deepEqual(aliveAt(start), [true, true, false, false]);
  });

  it("refuse an expiry that is no time to come", async () => {
    for (const expiry of ["soon", "-1", "1.5", "1000", ""]) {
      const { status, json } = await reset(`?expiry=${expiry}`);
      assert.deepEqual([status, json["code"]], [400, "invalid_request"], expiry);
    }
    assert.deepEqual(aliveAt(caller.sandbox.clock.now()), [true]);
  });

  it("that do not exist are answered with 404", async () => {
    for (const [method, target] of [
      ["GET", `${PATH}/61095542756dba551110ae21`],
      ["POST", `${PATH}/61095542756dba551110ae21/reset`],
    ] as const) {
      const { status, json } = await call(method, target);
      assert.deepEqual([status, json["code"]], [404, "not_found"], target);
    }
  });

  it("can be viewed by readers, and reset by those alone whose role says so", async () => {
    const reader = caller.sandbox.createToken({ role: "reader" });
    assert.equal((await call("GET", `${PATH}/${relay.id}`, reader.key)).status, 200);
    assert.equal((await call("GET", PATH, reader.key)).status, 200);
    assert.equal((await reset("", reader.key)).json["code"], "forbidden");
    for (const [action, resource, status] of [
      ["resetRelayAutoConfiguration", "relay-proxy-config/*", 200],
      ["resetRelayAutoConfiguration", `relay-proxy-config/${relay.id}`, 200],
      ["*", "relay-proxy-config/*", 200],
      ["resetRelayAutoConfiguration", "relay-proxy-config/61095542756dba551110ae21", 403],
      ["updateRelayAutoConfigurationName", "relay-proxy-config/*", 403],
      ["resetRelayAutoConfiguration", "service-token/*", 403],
    ] as const) {
      const inlineRole: Statement[] = [{ effect: "allow", actions: [action], resources: [resource] }];
      const { key } = caller.sandbox.createToken({ inlineRole });
      assert.equal((await reset("", key)).status, status, `${action} ${resource}`);
    }
  });

  it("send timestamps as strings of digits if switched", async () => {
    caller.sandbox.openQuestions.timestampsAsText = true;
    const { json } = await call("GET", `${PATH}/${relay.id}`);
    for (const name of ["creationDate", "lastModified"]) assert.match(String(json[name]), /^\d+$/);
    assert.deepEqual([typeof json["creationDate"], typeof json["lastModified"]], ["string", "string"]);
  });

  it("name in the log what was reset", async () => {
    await reset();
    const [logged] = caller.sandbox.requests;
    assert.equal(logged?.route, "POST /api/v2/account/relay-auto-configs/:id/reset");
    assert.deepEqual([logged.hasReset, logged.resets], [true, `relayKey ${relay.id}`]);
  });
});
