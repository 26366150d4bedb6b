/** The sandbox's token endpoints: lists, patches, deletes, and errors. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";

describe("the sandbox's API", () => {
  const caller = eachCaller();
  const { call, accepts } = caller;

  it("pages through the list", async () => {
    for (let index = 0; index < 30; index++) caller.sandbox.createToken({ name: `token ${index}` });
    const seen: unknown[] = [];
    let next: string | undefined = "/tokens";
    while (next !== undefined) {
      const { json } = await call("GET", next);
      assert.equal(json["totalCount"], 32);
      const items = json["items"] as Record<string, unknown>[];
      seen.push(...items.map((item) => item["_id"]));
      const links = json["_links"] as Record<string, { href: string } | undefined>;
      next = links["next"]?.href.replace("/api/v2", "");
    }
    assert.equal(new Set(seen).size, 32);
    assert.equal(((await call("GET", "/tokens?limit=5&offset=30")).json["items"] as unknown[]).length, 2);
    assert.equal((await call("GET", "/tokens?limit=many")).status, 400);
  });

  it("patches a token by JSON patch", async () => {
    const rename = [{ op: "replace", path: "/name", value: "renamed" }];
    const { status, json } = await call("PATCH", `/tokens/${caller.token.id}`, caller.sandbox.adminKey, rename);
    assert.deepEqual([status, json["name"]], [200, "renamed"]);
    const wrong = [{ op: "replace", path: "/role", value: "emperor" }];
    assert.equal((await call("PATCH", `/tokens/${caller.token.id}`, caller.sandbox.adminKey, wrong)).status, 422);
    assert.equal((await call("PATCH", `/tokens/${caller.token.id}`, caller.sandbox.adminKey, {})).status, 400);
  });

  it("deletes a token with its keys", async () => {
    assert.equal((await call("DELETE", `/tokens/${caller.token.id}`)).status, 204);
    assert.equal((await call("GET", `/tokens/${caller.token.id}`)).status, 404);
    assert.equal(await accepts(caller.token.key), false);
  });

  it("answers errors in JSON with a code and a message", async () => {
    const unknown = await call("GET", "/tokens/61095542756dba551110ae21");
    assert.deepEqual([unknown.status, unknown.json["code"]], [404, "not_found"]);
    assert.equal(typeof unknown.json["message"], "string");
    assert.equal((await call("GET", "/flags")).json["code"], "not_found");
    assert.equal((await call("POST", "/tokens", caller.sandbox.adminKey, "{nonsense")).status, 400);
    assert.equal((await call("POST", "/tokens", caller.sandbox.adminKey, { role: "emperor" })).status, 400);
  });

  it("sends its own date, links and what is left of the limits", async () => {
    caller.sandbox.clock.move(86_400_000);
    const { headers, json } = await call("GET", `/tokens/${caller.token.id}`);
    assert.ok(Math.abs(Date.parse(headers.get("date") ?? "") - caller.sandbox.clock.now()) < 5_000);
    assert.ok(Number(headers.get("x-ratelimit-global-remaining")) > 0);
    assert.ok(Number(headers.get("x-ratelimit-reset")) > caller.sandbox.clock.now());
    assert.equal(headers.get("x-powered-by"), null);
    assert.deepEqual(json["_links"], {
      parent: { href: "/api/v2/tokens", type: "application/json" },
      self: { href: `/api/v2/tokens/${caller.token.id}`, type: "application/json" },
    });
    assert.equal(typeof json["lastModified"], "number");
  });
});
