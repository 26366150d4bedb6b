/** Who may see and change the sandbox's several keys of an environment, and in which plan. */
import assert from "node:assert/strict";

import type { Statement } from "../../sandbox/statement";
import { eachCaller, type Reply } from "../support/sandboxCaller";
import { eachEnvironment } from "../support/sandboxKeys";

describe("the roles that the sandbox's several keys ask for", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  /** The values of an SDK key and of a mobile key. */
  let server: string;
  let app: string;

  beforeEach(() => {
    server = caller.sandbox.additionalKeys.add(keys.environment, { keyId: "server" }).key;
    app = caller.sandbox.additionalKeys.add(keys.environment, { keyId: "app", kind: "mobile" }).key;
  });

  const withRole = (...actions: string[]) => {
    const inlineRole: Statement[] = [{ effect: "allow", actions, resources: ["proj/*:env/*"] }];
    return caller.sandbox.createToken({ inlineRole }).key;
  };
  const reader = () => caller.sandbox.createToken({ role: "reader" }).key;
  /** Creates, changes and deletes a key of the kind. */
  const manage = async (kind: "sdk" | "mobile", key: string) => {
    const keyId = kind === "sdk" ? "server" : "app";
    const created = await keys.create({ key: `new-${kind}`, name: "New", kind }, key);
    const patched = await keys.patch(keyId, { name: "Renamed" }, { caller: key });
    return [created.status, patched.status, (await keys.remove(keyId, key)).status];
  };

  it("let readers view, and change nothing", async () => {
    const key = reader();
    assert.deepEqual([(await keys.list("", key)).status, (await keys.show("server", key)).status], [200, 200]);
    assert.deepEqual(await manage("sdk", key), [403, 403, 403]);
    assert.deepEqual(await manage("mobile", key), [403, 403, 403]);
    assert.equal((await keys.remove("default-sdk", key)).status, 403);
    assert.equal((await keys.create({}, key)).status, 403);
    assert.equal((await keys.list("", "api-unknown")).status, 401);
  });

  it("are Admin and every action, unless switched: nobody knows the name of the action", async () => {
    for (const action of ["updateApiKey", "updateMobileKey", "viewSdkKey", "update*"]) {
      assert.deepEqual(await manage("sdk", withRole(action)), [403, 403, 403], action);
    }
    assert.deepEqual(await manage("sdk", withRole("*")), [201, 200, 204]);
    assert.deepEqual(await manage("mobile", caller.sandbox.adminKey), [201, 200, 204]);
  });

  it("can be those that reset the default keys", async () => {
    caller.sandbox.openQuestions.keyActions = "asResets";
    assert.deepEqual(await manage("mobile", withRole("updateApiKey")), [403, 403, 403]);
    assert.deepEqual(await manage("sdk", withRole("updateMobileKey")), [403, 403, 403]);
    assert.deepEqual(await manage("sdk", withRole("updateApiKey")), [201, 200, 204]);
    assert.deepEqual(await manage("mobile", withRole("updateMobileKey")), [201, 200, 204]);
  });

  /** The values that a caller is shown: of one key, in a list, and after a patch; undefined if it is refused. */
  const shown = async (keyId: string, key: string) => {
    const { items } = (await keys.list("", key)).json as { items: Record<string, unknown>[] };
    return [(await keys.show(keyId, key)).json["value"], items.find((item) => item["key"] === keyId)?.["value"]];
  };

  it("mask the values of SDK keys, but for their end, to a caller that lacks viewSdkKey", async () => {
    const masked = (value: string) => `sdk-****-****-${value.slice(-4)}`;
    assert.deepEqual(await shown("server", reader()), [masked(server), masked(server)]);
    const { sdkKey } = keys.environment;
    assert.deepEqual(await shown("default-sdk", reader()), [masked(sdkKey), masked(sdkKey)]);
    assert.deepEqual(await shown("server", withRole("viewSdkKey")), [server, server]);
    assert.deepEqual(await shown("app", reader()), [app, app]);
  });

  it("can leave all values shown, refuse SDK keys, and keep mobile keys as well", async () => {
    const { openQuestions } = caller.sandbox;
    openQuestions.hidesMobileKeys = true;
    const masked = [`mob-****-****-${app.slice(-4)}`, `sdk-****-****-${server.slice(-4)}`];
    assert.deepEqual(await shown("app", reader()), [masked[0], masked[0]]);
    openQuestions.valuesWithoutViewSdkKey = "refused";
    assert.deepEqual(await shown("app", reader()), [undefined, masked[0]]);
    assert.deepEqual(await shown("server", reader()), [undefined, masked[1]]);
    assert.equal((await keys.show("server", reader())).status, 403);
    openQuestions.valuesWithoutViewSdkKey = "shown";
    assert.deepEqual(await shown("server", reader()), [server, server]);
    assert.deepEqual(await shown("app", reader()), [app, app]);
  });

  it("show the new value to whoever creates the key, and not after that", async () => {
    caller.sandbox.openQuestions.keyActions = "asResets";
    const key = withRole("updateApiKey");
    assert.match(String((await keys.create({ key: "new", name: "New" }, key)).json["value"]), /^sdk-[0-9a-f-]{36}$/);
    assert.match(String((await keys.show("new", key)).json["value"]), /^sdk-\*/);
    assert.match(String((await keys.patch("new", { name: "A" }, { caller: key })).json["value"]), /^sdk-\*/);
  });
});

describe("the plan of the sandbox's account", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  for (const status of [403, 404] as const) {
    it(`can lack several keys, which is answered with ${status}`, async () => {
      caller.sandbox.additionalKeys.add(keys.environment, { keyId: "server" });
      caller.sandbox.openQuestions.withoutSeveralKeys = status;
      const answers: Reply[] = [
        await keys.list(),
        await keys.create({ key: "new", name: "New" }),
        await keys.show("server"),
        await keys.patch("server", { name: "Renamed" }),
        await keys.remove("server"),
      ];
      for (const answer of answers) {
        assert.deepEqual([answer.status, typeof answer.json["message"]], [status, "string"]);
      }
      assert.equal((await caller.call("GET", "/projects/shop/environments/production")).status, 200);
      assert.deepEqual(
        caller.sandbox.additionalKeys.all(keys.environment).map(({ name, isDeleted }) => [name, isDeleted]),
        [["server", false]],
      );
    });
  }
});

describe("what is open about the sandbox's several keys", () => {
  const caller = eachCaller();
  const keys = eachEnvironment(caller);

  it("can be that a patch changes the views that a key is limited to, which it otherwise ignores", async () => {
    await keys.create({ key: "server", name: "Server", viewKeys: ["checkout"] });
    const views = () => caller.sandbox.additionalKeys.all(keys.environment)[0]?.viewKeys;
    const { json } = await keys.patch("server", { viewKeys: ["search"] });
    assert.deepEqual([json["_version"], views()], [1, ["checkout"]]);
    caller.sandbox.openQuestions.patchesViewKeys = true;
    assert.equal((await keys.patch("server", { viewKeys: ["search"] })).json["_version"], 2);
    assert.deepEqual(views(), ["search"]);
  });

  it("can be how long an identifier may be", async () => {
    const key = "a".repeat(300);
    assert.equal((await keys.create({ key, name: "Server" })).status, 201);
    caller.sandbox.openQuestions.longestKeyId = 20;
    assert.equal((await keys.create({ key: key.slice(0, 21), name: "Server" })).status, 400);
    assert.equal((await keys.create({ key: key.slice(0, 20), name: "Server" })).status, 201);
  });

  it("can be for how long the identifier of a deleted key stays taken", async () => {
    caller.sandbox.clock.hold();
    await keys.create({ key: "server", name: "Server" });
    await keys.remove("server");
    caller.sandbox.openQuestions.keyIdStaysTakenMs = Infinity;
    caller.sandbox.clock.move(10 * 365 * 86_400_000);
    assert.equal((await keys.create({ key: "server", name: "Server" })).status, 409);
    caller.sandbox.openQuestions.keyIdStaysTakenMs = 0;
    assert.equal((await keys.create({ key: "server", name: "Server" })).status, 201);
  });
});
