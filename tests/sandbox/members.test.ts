/** Whose tokens members see. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

describe("the members of the sandbox's account", () => {
  const caller = eachCaller();
  const { call } = caller;

  /** The names of the personal tokens that a list has. */
  const listed = async (query: string, key?: string) => {
    const items = (await call("GET", `/tokens${query}`, key)).json["items"] as Record<string, unknown>[];
    return items.filter((item) => item["serviceToken"] === false).map((item) => item["name"]);
  };

  it("have personal tokens, which a list has for one's own member, and for an Admin that asks for all", async () => {
    const [first, second] = caller.sandbox.memberIds;
    caller.sandbox.createToken({ serviceToken: false, name: "first's" });
    const reader = caller.sandbox.createToken({ serviceToken: false, name: "second's", role: "reader" }, second);
    const admin = caller.sandbox.createToken({ serviceToken: false, name: "second's admin", role: "admin" }, second);
    assert.deepEqual(await listed(""), ["first's"]);
    assert.deepEqual(await listed("?showAll=true"), ["first's", "second's", "second's admin"]);
    assert.deepEqual(await listed("?showAll=false"), ["first's"]);
    assert.deepEqual(await listed("?showAll=true", reader.key), ["second's", "second's admin"]);
    assert.deepEqual(await listed("", admin.key), ["second's", "second's admin"]);
    assert.deepEqual(await listed("?showAll=true", admin.key), ["first's", "second's", "second's admin"]);
    assert.equal((await call("GET", "/caller-identity", reader.key)).json["memberId"], second);
    assert.equal((await call("GET", "/caller-identity")).json["memberId"], first);
  });

  it("own the personal tokens that they create", async () => {
    const [, second] = caller.sandbox.memberIds;
    const { key } = caller.sandbox.createToken({ serviceToken: false, role: "admin" }, second);
    const { json } = await call("POST", "/tokens", key, { role: "reader" });
    assert.deepEqual([json["memberId"], json["serviceToken"]], [second, false]);
  });
});
