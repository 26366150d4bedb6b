/** The sandbox's several keys of an environment: creating, showing, listing, changing and deleting them. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";
import { eachEnvironment } from "../support/sandboxKeys";

const DAY = 86_400_000;

describe("the sandbox's several keys of an environment", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  beforeEach(() => {
    caller.sandbox.clock.hold();
  });

  const clock = () => caller.sandbox.clock;
  const codeOf = ({ status, json }: { status: number; json: Record<string, unknown> }) => [status, json["code"]];

  it("are SDK keys or mobile keys, and show their values again", async () => {
    const server = await keys.create({ key: "server", name: "Server", description: "for the shop" });
    const app = await keys.create({ key: "app", name: "App", kind: "mobile" });
    assert.deepEqual([server.status, app.status], [201, 201]);
    assert.match(String(server.json["value"]), /^sdk-[0-9a-f-]{36}$/);
    assert.match(String(app.json["value"]), /^mob-[0-9a-f-]{36}$/);
    assert.deepEqual((await keys.show("app")).json, app.json);
    const { value, _links, ...others } = server.json;
    assert.deepEqual(others, {
      ...{ kind: "sdk", key: "server", name: "Server", description: "for the shop", isDefault: false },
      ...{ _version: 1, _createdAt: clock().now(), _updatedAt: clock().now() },
      _createdByMemberId: caller.sandbox.memberIds[0],
    });
    assert.deepEqual(await keys.listed("value", "?filter=kind:sdk"), [keys.environment.sdkKey, value]);
    const { self } = _links as Record<string, { href: string }>;
    assert.equal(self?.href, "/api/v2/projects/shop/environments/production/sdk-keys/server");
  });

  it("need the beta version of the API", async () => {
    const path = "/projects/shop/environments/production/sdk-keys";
    for (const [method, target] of [
      ["GET", path],
      ["POST", path],
      ["GET", `${path}/default-sdk`],
      ["PATCH", `${path}/default-sdk`],
      ["DELETE", `${path}/default-sdk`],
    ] as const) {
      const body = method === "POST" ? { key: "server", name: "Server" } : undefined;
      for (const headers of [{}, { "LD-API-Version": "20240415" }]) {
        assert.deepEqual(codeOf(await caller.call(method, target, undefined, body, headers)), [403, "forbidden"]);
      }
    }
    assert.deepEqual(caller.sandbox.additionalKeys.all(keys.environment), []);
  });

  it("have identifiers that no two of an environment share, whatever their kind", async () => {
    await keys.create({ key: "server", name: "Server" });
    for (const body of [
      { key: "server", name: "Another" },
      { key: "server", name: "App", kind: "mobile" },
      { key: "default-sdk", name: "Mine" },
    ]) {
      assert.deepEqual(codeOf(await keys.create(body)), [409, "conflict"]);
    }
    assert.equal(caller.sandbox.additionalKeys.all(keys.environment).length, 1);
    const other = caller.sandbox.createEnvironment({ projectKey: "shop" });
    assert.equal(caller.sandbox.additionalKeys.add(other, { keyId: "server" }).keyId, "server");
  });

  it("leave their identifiers taken for 180 days when they are deleted", async () => {
    await keys.create({ key: "server", name: "Server" });
    assert.equal((await keys.remove("server")).status, 204);
    assert.deepEqual(codeOf(await keys.show("server")), [404, "not_found"]);
    assert.deepEqual(codeOf(await keys.patch("server", { name: "Renamed" })), [404, "not_found"]);
    assert.deepEqual(codeOf(await keys.remove("server")), [404, "not_found"]);
    assert.ok(!(await keys.listed("key")).includes("server"));
    clock().move(180 * DAY - 1);
    assert.deepEqual(codeOf(await keys.create({ key: "server", name: "Server" })), [409, "conflict"]);
    clock().move(1);
    assert.equal((await keys.create({ key: "server", name: "Server" })).status, 201);
    assert.equal((await keys.show("server")).status, 200);
  });

  it("are refused if the body does not describe one, and none is made", async () => {
    for (const body of [
      ...[{}, [], { key: "server" }, { name: "Server" }, { key: "", name: "Server" }],
      ...["-server", "my server", "a/b", 7, null].map((key) => ({ key, name: "Server" })),
      { key: "server", name: "Server", kind: "client" },
      { key: "server", name: "Server", viewKeys: "apps" },
      { key: "server", name: "Server", description: 7 },
    ]) {
      assert.deepEqual(codeOf(await keys.create(body)), [400, "invalid_request"], JSON.stringify(body));
    }
    assert.deepEqual(caller.sandbox.additionalKeys.all(keys.environment), []);
  });

  it("are changed by a plain object, and count their versions", async () => {
    await keys.create({ key: "server", name: "Server" });
    clock().move(1_000);
    const { status, json } = await keys.patch("server", { name: "Renamed", description: "new" });
    assert.equal(status, 200);
    assert.deepEqual([json["name"], json["description"], json["_version"]], ["Renamed", "new", 2]);
    assert.equal(Number(json["_updatedAt"]) - Number(json["_createdAt"]), 1_000);
    assert.deepEqual((await keys.show("server")).json, json);
    assert.equal((await keys.patch("server", {})).json["_version"], 2);
    for (const body of [[{ op: "replace", path: "/name", value: "No" }], { name: 7 }, { name: null }, "text"]) {
      assert.deepEqual(codeOf(await keys.patch("server", body)), [400, "invalid_request"], JSON.stringify(body));
    }
    assert.deepEqual((await keys.show("server")).json, json);
  });

  it("are not changed by who has read another version", async () => {
    await keys.create({ key: "server", name: "Server" });
    assert.equal((await keys.patch("server", { name: "Second" }, { query: "?version=1" })).status, 200);
    const late = await keys.patch("server", { name: "Late" }, { query: "?version=1" });
    assert.deepEqual(codeOf(late), [409, "optimistic_locking_error"]);
    assert.deepEqual(codeOf(await keys.patch("server", {}, { query: "?version=new" })), [400, "invalid_request"]);
    assert.equal((await keys.patch("server", { name: "Third" })).json["_version"], 3);
    assert.equal((await keys.show("server")).json["name"], "Third");
  });

  it("are listed in pages of twenty, and of a hundred at most", async () => {
    for (let index = 0; index < 23; index++) caller.sandbox.additionalKeys.add(keys.environment);
    const { json } = await keys.list();
    assert.deepEqual([(json["items"] as unknown[]).length, json["totalCount"]], [20, 25]);
    const { next } = json["_links"] as Record<string, { href: string }>;
    assert.equal((await keys.listed("key", next?.href.replace(/^[^?]*/, ""))).length, 5);
    assert.equal((await keys.listed("key", "?limit=100")).length, 25);
    for (const query of ["?limit=101", "?limit=0", "?offset=-1", "?limit=many"]) {
      assert.deepEqual(codeOf(await keys.list(query)), [400, "invalid_request"], query);
    }
  });

  it("can be filtered and sorted in a list", async () => {
    clock().move(1_000);
    await keys.create({ key: "app", name: "App", kind: "mobile" });
    clock().move(1_000);
    await keys.create({ key: "server", name: "Server", expiry: clock().now() + 1_000 });
    clock().move(1_000);
    assert.deepEqual(await keys.listed("key"), ["default-sdk", "default-mobile", "app", "server"]);
    assert.deepEqual(await keys.listed("key", "?filter=kind:mobile"), ["default-mobile", "app"]);
    assert.deepEqual(await keys.listed("key", "?filter=active:true,kind:sdk"), ["default-sdk"]);
    assert.deepEqual(await keys.listed("key", "?filter=active:false"), ["server"]);
    assert.deepEqual(await keys.listed("key", "?sort=-createdAt&limit=2"), ["server", "app"]);
    for (const query of ["?sort=name", "?filter=kind:client", "?filter=name:a", "?filter=kind:sdk&filter=kind:sdk"]) {
      assert.deepEqual(codeOf(await keys.list(query)), [400, "invalid_request"], query);
    }
  });

  it("of an environment that does not exist are not found", async () => {
    const headers = { "LD-API-Version": "beta" };
    const path = "/projects/shop/environments/nothing/sdk-keys";
    assert.equal((await caller.call("GET", path, undefined, undefined, headers)).status, 404);
    assert.equal((await caller.call("POST", path, undefined, { key: "a", name: "A" }, headers)).status, 404);
    assert.equal((await keys.show("nothing")).status, 404);
  });

  it("show the views they are limited to in a list alone", async () => {
    await keys.create({ key: "server", name: "Server", viewKeys: ["checkout"] });
    assert.ok(!("viewSummaries" in (await keys.show("server")).json));
    assert.deepEqual((await keys.listed("viewSummaries")).at(-1), [{ key: "checkout" }]);
  });
});
