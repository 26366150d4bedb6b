/** Planned faults, late processing, rate limits and the log, for the sandbox's several keys of an environment. */
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";

import { eachCaller } from "../support/sandboxCaller";
import { eachEnvironment } from "../support/sandboxKeys";

const PATH = "/api/v2/projects/:projectKey/environments/:environmentKey/sdk-keys";
const CREATE = `POST ${PATH}`;
const NEW = { key: "server", name: "Server" };

describe("the sandbox's switches, for several keys,", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  const all = () => caller.sandbox.additionalKeys.all(keys.environment);

  it("lose an answer of a creation before or after it is processed", async () => {
    caller.sandbox.faults.add({ route: CREATE, when: "before", fault: { kind: "status", status: 503 } });
    assert.equal((await keys.create(NEW)).status, 503);
    assert.equal(all().length, 0);
    caller.sandbox.faults.add({ route: CREATE, when: "after", fault: { kind: "drop" } });
    await assert.rejects(keys.create(NEW));
    const [made] = all();
    assert.equal((await keys.create(NEW)).status, 409);
    assert.equal((await keys.show("server")).json["value"], made?.key);
    assert.equal(all().length, 1);
  });

  it("hold a creation back until after it was given up", async () => {
    const given = new EventEmitter();
    const until = once(given, "up");
    caller.sandbox.faults.add({ route: CREATE, when: "before", fault: { kind: "hold", until } });
    const late = keys.create(NEW);
    assert.equal((await keys.show("server")).status, 404);
    given.emit("up");
    assert.equal((await late).status, 201);
    assert.equal((await keys.show("server")).status, 200);
  });

  it("fail a change and a deletion after they are processed", async () => {
    await keys.create(NEW);
    caller.sandbox.faults.add({ route: `PATCH ${PATH}/:sdkKeyKey`, when: "after", fault: { kind: "truncate" } });
    await assert.rejects(keys.patch("server", { name: "Renamed" }));
    assert.deepEqual([all()[0]?.name, all()[0]?.version], ["Renamed", 2]);
    caller.sandbox.faults.add({ route: `DELETE ${PATH}/:sdkKeyKey`, when: "after", fault: { kind: "drop" } });
    await assert.rejects(keys.remove("server"));
    assert.deepEqual([all()[0]?.isDeleted, all()[0]?.works], [true, false]);
  });

  it("limit the rate of a route", async () => {
    caller.sandbox.rateLimiter.limits = { routes: { [CREATE]: 1 } };
    assert.equal((await keys.create(NEW)).status, 201);
    const { status, json } = await keys.create({ ...NEW, key: "other" });
    assert.deepEqual([status, json["code"]], [429, "rate_limited"]);
    assert.equal((await keys.list()).status, 200);
  });

  it("log each request by its route, and no key", async () => {
    await keys.create(NEW);
    await keys.patch("server", { name: "Renamed" });
    await keys.remove("server");
    await keys.list();
    assert.deepEqual(
      caller.sandbox.requests.map(({ route, status, hasReset }) => [route, status, hasReset]),
      [
        [CREATE, 201, false],
        [`PATCH ${PATH}/:sdkKeyKey`, 200, false],
        [`DELETE ${PATH}/:sdkKeyKey`, 204, false],
        [`GET ${PATH}`, 200, false],
      ],
    );
    const logged = JSON.stringify(caller.sandbox.requests);
    assert.ok(!caller.sandbox.store.everyKey().some((key) => logged.includes(key)));
  });

  it("let keys end with their environment", async () => {
    const { key } = caller.sandbox.additionalKeys.add(keys.environment);
    const headers = { Authorization: key };
    const response = await fetch(`${caller.sandbox.url}/all`, { headers });
    caller.sandbox.store.environments.delete(keys.environment.id);
    assert.match(await response.text(), /^event: put\n/);
    assert.equal((await fetch(`${caller.sandbox.url}/sdk/latest-all`, { headers })).status, 401);
    assert.equal((await keys.list()).status, 404);
  });

  it("have methods for tests that change keys as somebody else would", async () => {
    const { additionalKeys } = caller.sandbox;
    const { keyId, key } = additionalKeys.add(keys.environment, { kind: "mobile", name: "App" });
    assert.equal((await keys.show(keyId)).json["value"], key);
    additionalKeys.change(keys.environment, keyId, { description: "of another", name: "Theirs" });
    assert.deepEqual((await keys.show(keyId)).json["description"], "of another");
    assert.throws(() => additionalKeys.add(keys.environment, { keyId }), /already/);
    additionalKeys.remove(keys.environment, keyId);
    assert.equal((await keys.show(keyId)).status, 404);
    const [left] = additionalKeys.all(keys.environment);
    assert.deepEqual([left?.name, left?.version, left?.isDeleted, left?.works], ["Theirs", 2, true, false]);
    assert.ok(caller.sandbox.store.everyKey().includes(key), "a deleted key must not be printed either");
    assert.throws(() => {
      additionalKeys.remove(keys.environment, keyId);
    }, /no key/);
    assert.throws(() => additionalKeys.all({ projectKey: "shop", environmentKey: "none" }), /no environment/);
  });
});
