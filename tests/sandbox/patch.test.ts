/** JSON patches of a token. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

describe("the sandbox's patch of a token", () => {
  const caller = eachCaller();
  const { call } = caller;

  beforeEach(() => {
    caller.sandbox.clock.hold();
  });

  const send = (body: unknown, key?: string) => call("PATCH", `/tokens/${caller.token.id}`, key, body);
  const shown = async () => (await call("GET", `/tokens/${caller.token.id}`)).json;

  it("knows the operations of RFC 6902", async () => {
    const { status, json } = await send([
      { op: "test", path: "/name", value: "ci" },
      { op: "add", path: "/description", value: "deploys" },
      { op: "copy", from: "/description", path: "/name" },
      { op: "replace", path: "/description", value: "more" },
      { op: "remove", path: "/description" },
      { op: "add", path: "/customRoleIds/-", value: "b" },
      { op: "add", path: "/customRoleIds/0", value: "a" },
      { op: "move", from: "/customRoleIds/1", path: "/customRoleIds/0" },
      { op: "test", path: "/customRoleIds", value: ["b", "a"] },
    ]);
    assert.equal(status, 200);
    assert.equal(json["name"], "deploys");
    assert.ok(!("description" in json));
    assert.deepEqual(json["customRoleIds"], ["b", "a"]);
    assert.deepEqual(await shown(), json);
  });

  it("is applied to what GET shows", async () => {
    const { _id: id, token: ending, lastModified } = await shown();
    const { status } = await send([
      { op: "test", path: "/_id", value: id },
      { op: "test", path: "/token", value: ending },
      { op: "test", path: "/lastModified", value: lastModified },
      { op: "test", path: "/_links/self/type", value: "application/json" },
      { op: "test", path: "/inlineRole", value: [] },
      { op: "replace", path: "/name", value: "renamed" },
    ]);
    assert.equal(status, 200);
    caller.sandbox.openQuestions.timestampsAsText = true;
    const asText = [{ op: "test", path: "/lastModified", value: String(caller.sandbox.clock.now()) }];
    assert.equal((await send(asText)).status, 200);
  });

  for (const [what, operations] of Object.entries({
    "a test that fails": [{ op: "test", path: "/name", value: "other" }],
    "a test of what is not there": [{ op: "test", path: "/description", value: "any" }],
    "replacing what is not there": [{ op: "replace", path: "/description", value: "any" }],
    "removing what is not there": [{ op: "remove", path: "/description" }],
    "copying from what is not there": [{ op: "copy", from: "/description", path: "/name" }],
    "moving from what is not there": [{ op: "move", from: "/description", path: "/name" }],
    "moving into itself": [{ op: "move", from: "/inlineRole", path: "/inlineRole/0" }],
    "adding below what is not there": [{ op: "add", path: "/description/short", value: "any" }],
    "adding below a string": [{ op: "add", path: "/name/short", value: "any" }],
    "an index beyond the end": [{ op: "add", path: "/customRoleIds/1", value: "any" }],
    "an operation without its value": [{ op: "add", path: "/description" }],
    "an unknown operation": [{ op: "merge", path: "/name", value: "any" }],
    "an operation that is the library's alone": [{ op: "_get", path: "/name" }],
    "a path that is no pointer": [{ op: "replace", path: "name", value: "any" }],
    "a value of the wrong type": [{ op: "replace", path: "/name", value: 7 }],
    "an unknown member": [{ op: "add", path: "/color", value: "red" }],
    "a prototype": [{ op: "add", path: "/__proto__/name", value: "any" }],
    "another document altogether": [{ op: "replace", path: "", value: { name: "any" } }],
    "no document": [{ op: "replace", path: "", value: null }],
  })) {
    it(`fails whole for ${what}`, async () => {
      const before = await shown();
      caller.sandbox.clock.move(1_000);
      const rename = { op: "add", path: "/customRoleIds", value: [] };
      const { status, json } = await send([rename, ...operations, rename]);
      assert.deepEqual([status, json["code"]], [422, "patch_failed"]);
      assert.deepEqual(await shown(), before);
    });
  }

  it("fails for a member that can't be changed, if it would change", async () => {
    const { lastModified, _id: id } = await shown();
    for (const [path, value] of [
      ["/_id", "61095542756dba551110ae21"],
      ["/memberId", "61095542756dba551110ae21"],
      ["/token", "1234"],
      ["/serviceToken", false],
      ["/creationDate", 0],
      ["/lastModified", 0],
      ["/lastUsed", 7],
      ["/_links", {}],
    ] as const) {
      assert.equal((await send([{ op: "replace", path, value }])).status, 422, path);
    }
    const same = [
      { op: "replace", path: "/_id", value: id },
      { op: "replace", path: "/lastModified", value: lastModified },
      { op: "replace", path: "/serviceToken", value: true },
      { op: "replace", path: "/name", value: "renamed" },
    ];
    assert.deepEqual([(await send(same)).status, (await shown())["name"]], [200, "renamed"]);
  });

  it("modifies nothing when nothing changes", async () => {
    const before = await shown();
    caller.sandbox.clock.move(1_000);
    assert.equal((await send([{ op: "replace", path: "/name", value: "ci" }])).status, 200);
    assert.equal((await send([{ op: "test", path: "/name", value: "ci" }])).status, 200);
    assert.deepEqual(await shown(), before);
  });

  it("may come with a comment", async () => {
    const rename = [{ op: "replace", path: "/name", value: "renamed" }];
    const { status, json } = await send({ comment: "because", patch: rename });
    assert.deepEqual([status, json["name"]], [200, "renamed"]);
    assert.equal((await send({ patch: [] })).status, 200);
    assert.equal((await send({ comment: 7, patch: rename })).status, 400);
    assert.equal((await send({ comment: "because" })).status, 400);
  });

  it("is refused if it is no list of operations", async () => {
    for (const body of [{}, "text", 7, [7], [{ op: "add" }], [{ path: "/name" }], { name: "renamed" }]) {
      const { status, json } = await send(JSON.stringify(body));
      assert.deepEqual([status, json["code"]], [400, "invalid_request"], JSON.stringify(body));
    }
  });

  it("takes the actions of what it moves from and to, and of what it changes under another name", async () => {
    const actions = ["updateAccessTokenName"];
    const { key } = caller.sandbox.createToken({
      inlineRole: [{ effect: "allow", actions, resources: ["service-token/*"] }],
    });
    await send([{ op: "add", path: "/description", value: "deploys" }]);
    assert.equal((await send([{ op: "copy", from: "/description", path: "/name" }], key)).status, 200);
    assert.equal((await send([{ op: "move", from: "/description", path: "/name" }], key)).status, 403);
    const whole = { ...(await shown()), description: "other" };
    const policy = ["updateAccessTokenPolicy"];
    const other = caller.sandbox.createToken({
      inlineRole: [{ effect: "allow", actions: policy, resources: ["service-token/*"] }],
    });
    assert.equal((await send([{ op: "replace", path: "", value: whole }], other.key)).status, 403);
    assert.equal((await send([{ op: "replace", path: "", value: whole }])).status, 200);
    assert.equal((await shown())["description"], "other");
  });
});
