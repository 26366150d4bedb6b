/** The sandbox's environments and the resets of their keys. */
import assert from "node:assert/strict";

import type { CreatedEnvironment } from "../../sandbox/sandbox";
import { eachCaller } from "../support/sandboxCaller";

/** Members that the schema Environment requires. Source: LaunchDarkly's OpenAPI description. */
const REQUIRED: Readonly<Record<string, string>> = {
  _links: "object",
  _id: "string",
  key: "string",
  name: "string",
  apiKey: "string",
  mobileKey: "string",
  color: "string",
  defaultTtl: "number",
  secureMode: "boolean",
  defaultTrackEvents: "boolean",
  requireComments: "boolean",
  confirmChanges: "boolean",
  tags: "object",
  critical: "boolean",
};

describe("the sandbox's environments", () => {
  const caller = eachCaller();
  const { call } = caller;

  let environment: CreatedEnvironment;
  let path: string;

  beforeEach(() => {
    environment = caller.sandbox.createEnvironment({ projectKey: "shop", key: "production", name: "Production" });
    path = "/projects/shop/environments/production";
  });

  /** Whether the current and the older SDK keys are accepted, newest first. */
  const sdkKeysAt = (at: number) =>
    (caller.sandbox.store.environments.all()[0]?.sdkKeys ?? []).map(
      ({ expiresAt }) => expiresAt === null || expiresAt > at,
    );

  it("are shown with every member that LaunchDarkly's description requires", async () => {
    const found = await call("GET", path);
    const list = await call("GET", "/projects/shop/environments");
    const sdk = await call("POST", `${path}/apiKey`);
    const mobile = await call("POST", `${path}/mobileKey`);
    const [item] = list.json["items"] as Record<string, unknown>[];
    for (const shown of [found.json, item ?? {}, sdk.json, mobile.json]) {
      const types = Object.keys(REQUIRED).map((name) => [name, typeof shown[name]]);
      assert.deepEqual(Object.fromEntries(types), REQUIRED);
    }
    assert.deepEqual([found.json["key"], found.json["name"]], ["production", "Production"]);
    assert.equal(found.json["apiKey"], environment.sdkKey);
    assert.equal(found.json["mobileKey"], environment.mobileKey);
    assert.match(environment.sdkKey, /^sdk-[0-9a-f-]{36}$/);
    assert.match(environment.mobileKey, /^mob-[0-9a-f-]{36}$/);
    const links = found.json["_links"] as Record<string, unknown>;
    assert.deepEqual(links["self"], { href: `/api/v2${path}`, type: "application/json" });
  });

  it("are listed by project, twenty a page", async () => {
    for (let index = 0; index < 24; index++) caller.sandbox.createEnvironment({ projectKey: "shop" });
    caller.sandbox.createEnvironment({ projectKey: "other" });
    const first = await call("GET", "/projects/shop/environments");
    assert.equal((first.json["items"] as unknown[]).length, 20);
    assert.equal(first.json["totalCount"], 25);
    const { next } = first.json["_links"] as Record<string, { href: string }>;
    const second = await call("GET", next?.href.replace("/api/v2", "") ?? assert.fail());
    assert.equal((second.json["items"] as unknown[]).length, 5);
    const links = Object.keys(second.json["_links"] as object).sort();
    assert.deepEqual(links, ["first", "prev", "self"]);
    const part = await call("GET", "/projects/shop/environments?limit=3&offset=24");
    assert.equal((part.json["items"] as unknown[]).length, 1);
    assert.equal((await call("GET", "/projects/shop/environments?limit=many")).status, 400);
  });

  it("can be filtered and sorted in a list", async () => {
    caller.sandbox.clock.move(1_000);
    caller.sandbox.createEnvironment({ projectKey: "shop", key: "staging", name: "A stage" });
    caller.sandbox.clock.move(1_000);
    caller.sandbox.createEnvironment({ projectKey: "shop", key: "test", name: "Before production" });
    const list = async (query: string) => {
      const { json } = await call("GET", `/projects/shop/environments?${query}`);
      return (json["items"] as Record<string, unknown>[]).map((item) => item["key"]);
    };
    assert.deepEqual(await list("filter=query:PROD"), ["production", "test"]);
    assert.deepEqual(await list("filter=query:stag"), ["staging"]);
    assert.deepEqual(await list("filter=query:stag,tags:ops"), []);
    assert.deepEqual(await list("sort=name"), ["staging", "test", "production"]);
    assert.deepEqual(await list("sort=-name"), ["production", "test", "staging"]);
    assert.deepEqual(await list("sort=critical,-createdOn"), ["test", "staging", "production"]);
    assert.deepEqual(await list("sort=-name&limit=1&offset=1"), ["test"]);
    const { json } = await call("GET", "/projects/shop/environments?sort=-name&limit=1");
    const { next } = json["_links"] as Record<string, { href: string }>;
    assert.match(next?.href ?? "", /sort=-name/);
    for (const query of ["filter=color:red", "filter=query", "sort=color"]) {
      assert.equal((await call("GET", `/projects/shop/environments?${query}`)).status, 400);
    }
  });

  it("that do not exist are answered with 404, as is a project that does not", async () => {
    for (const [method, target] of [
      ["GET", "/projects/nothing/environments"],
      ["GET", "/projects/shop/environments/nothing"],
      ["GET", "/projects/other/environments/production"],
      ["POST", "/projects/shop/environments/nothing/apiKey"],
      ["POST", "/projects/shop/environments/nothing/mobileKey"],
    ] as const) {
      const { status, json } = await call(method, target);
      assert.deepEqual([status, json["code"]], [404, "not_found"], target);
      assert.equal(typeof json["message"], "string");
    }
  });

  it("can't be created twice", () => {
    assert.throws(() => caller.sandbox.createEnvironment({ projectKey: "shop", key: "production" }), /already/);
    const { environmentKey } = caller.sandbox.createEnvironment({ projectKey: "other", key: "production" });
    assert.equal(environmentKey, "production");
  });

  it("end the old SDK key at once when a reset names no expiry", async () => {
    const { status, json } = await call("POST", `${path}/apiKey`);
    assert.equal(status, 200);
    assert.notEqual(json["apiKey"], environment.sdkKey);
    assert.equal(json["mobileKey"], environment.mobileKey);
    assert.deepEqual(sdkKeysAt(caller.sandbox.clock.now()), [true, false]);
    assert.equal((await call("GET", path)).json["apiKey"], json["apiKey"]);
  });

  it("have one slot for an SDK key that expires: a second reset ends the first grace", async () => {
    caller.sandbox.clock.hold();
    const start = caller.sandbox.clock.now();
    await call("POST", `${path}/apiKey?expiry=${start + 100_000}`);
    assert.deepEqual(sdkKeysAt(start + 99_999), [true, true]);
    assert.deepEqual(sdkKeysAt(start + 100_000), [true, false]);
    await call("POST", `${path}/apiKey?expiry=${start + 200_000}`);
    assert.deepEqual(sdkKeysAt(start), [true, true, false]);
    assert.deepEqual(sdkKeysAt(start + 200_000), [true, false, false]);
    await call("POST", `${path}/apiKey`);
    assert.deepEqual(sdkKeysAt(start), [true, false, false, false]);
  });

  it("refuse an expiry of an SDK key that is no time to come", async () => {
    for (const expiry of ["soon", "-1", "1.5", "1000", ""]) {
      const { status, json } = await call("POST", `${path}/apiKey?expiry=${expiry}`);
      assert.deepEqual([status, json["code"]], [400, "invalid_request"], expiry);
    }
    assert.deepEqual(sdkKeysAt(caller.sandbox.clock.now()), [true]);
  });

  it("end the old mobile key at once, whatever expiry a reset names", async () => {
    for (const query of ["", `?expiry=${caller.sandbox.clock.now() + 100_000}`, "?expiry=soon"]) {
      const before = (await call("GET", path)).json["mobileKey"];
      const { status, json } = await call("POST", `${path}/mobileKey${query}`);
      assert.equal(status, 200);
      assert.notEqual(json["mobileKey"], before);
      assert.equal(json["apiKey"], environment.sdkKey);
      const [, old] = caller.sandbox.store.environments.all()[0]?.mobileKeys ?? [];
      assert.ok(old?.value === before && Number(old?.expiresAt) <= caller.sandbox.clock.now());
    }
  });

  it("name in the log what was reset", async () => {
    await call("GET", path);
    await call("POST", `${path}/apiKey`);
    await call("POST", `${path}/mobileKey`);
    await call("POST", "/projects/shop/environments/nothing/apiKey");
    assert.deepEqual(
      caller.sandbox.requests.map(({ route, hasReset, resets }) => [route.split("/").at(-1), hasReset, resets]),
      [
        [":environmentKey", false, undefined],
        ["apiKey", true, "sdkKey shop/production"],
        ["mobileKey", true, "mobileKey shop/production"],
        ["apiKey", false, undefined],
      ],
    );
  });
});
