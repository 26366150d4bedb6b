/** The sandbox's HTTP: methods, bodies, versions and errors. */
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";

import { eachCaller } from "../support/sandboxCaller";

describe("the sandbox's HTTP", () => {
  const caller = eachCaller();
  const { call } = caller;

  it("answers a method that the path does not know with 405 and the methods that it does", async () => {
    const { id: relay } = caller.sandbox.createRelayConfiguration();
    for (const [method, target, allowed] of [
      ["DELETE", "/tokens", "GET, POST"],
      ["PUT", `/tokens/${caller.token.id}`, "GET, PATCH, DELETE"],
      ["GET", `/tokens/${caller.token.id}/reset`, "POST"],
      ["POST", "/caller-identity", "GET"],
      ["POST", "/projects/shop/environments", "GET"],
      ["GET", "/projects/shop/environments/production/apiKey", "POST"],
      ["POST", `/account/relay-auto-configs/${relay}`, "GET"],
    ] as const) {
      const { status, json, headers } = await call(method, target);
      assert.deepEqual([status, json["code"], headers.get("allow")], [405, "method_not_allowed", allowed], target);
      assert.equal(typeof json["message"], "string");
      assert.equal((await call(method, target, "api-unknown")).status, 401);
    }
    assert.equal(caller.sandbox.requests[0]?.route, "DELETE /api/v2/tokens");
  });

  it("has no methods but GET for consumers", async () => {
    const { sdkKey } = caller.sandbox.createEnvironment();
    const statusWith = async (key: string) => {
      const response = await fetch(`${caller.sandbox.url}/sdk/latest-all`, {
        method: "POST",
        headers: { Authorization: key },
      });
      await response.arrayBuffer();
      return response.status;
    };
    assert.deepEqual([await statusWith(sdkKey), await statusWith(caller.sandbox.adminKey)], [405, 401]);
  });

  /** Sends to the token's path with these headers, and answers the status and the error's code. */
  const send = async (method: string, target: string, headers: Record<string, string>, body?: string | Blob) => {
    const response = await fetch(`${caller.sandbox.url}/api/v2${target}`, {
      method,
      headers: { Authorization: caller.sandbox.adminKey, ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const { code } = (text === "" ? {} : JSON.parse(text)) as { code?: string };
    return [response.status, ...(code === undefined ? [] : [code])];
  };

  it("refuses a body that is not said to be JSON", async () => {
    const rename = JSON.stringify([{ op: "replace", path: "/name", value: "renamed" }]);
    const refused = [400, "invalid_request"];
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json"]) {
      const headers = { "Content-Type": type };
      assert.deepEqual(await send("POST", "/tokens", headers, '{"role":"reader"}'), refused, type);
      assert.deepEqual(await send("PATCH", `/tokens/${caller.token.id}`, headers, rename), refused, type);
    }
    assert.deepEqual(await send("POST", "/tokens", {}, new Blob(['{"role":"reader"}'])), refused);
    for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON"]) {
      assert.deepEqual(
        await send("PATCH", `/tokens/${caller.token.id}`, { "Content-Type": type }, rename),
        [200],
        type,
      );
    }
  });

  it("refuses a request without the body that it needs", async () => {
    const count = caller.sandbox.store.all().length;
    for (const headers of [{}, { "Content-Type": "application/json" }] as Record<string, string>[]) {
      assert.deepEqual(await send("POST", "/tokens", headers), [400, "invalid_request"]);
      assert.deepEqual(await send("PATCH", `/tokens/${caller.token.id}`, headers), [400, "invalid_request"]);
    }
    assert.equal(caller.sandbox.store.all().length, count);
  });

  it("takes a reset without a body whatever its type, as LaunchDarkly's own TypeScript client sends it", async () => {
    const types = ["application/json", "application/x-www-form-urlencoded", "text/plain"];
    for (const headers of [{}, ...types.map((type) => ({ "Content-Type": type }))]) {
      assert.deepEqual(await send("POST", `/tokens/${caller.token.id}/reset`, headers), [200], JSON.stringify(headers));
    }
    assert.ok(caller.sandbox.requests.every(({ hasReset }) => hasReset));
  });

  it("refuses a reset whose body is no JSON", async () => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const wrong = await send("POST", `/tokens/${caller.token.id}/reset`, form, "a=1");
    assert.deepEqual(wrong, [400, "invalid_request"]);
    assert.deepEqual(
      caller.sandbox.requests.map(({ hasReset }) => hasReset),
      [false],
    );
  });

  it("knows the versions of the API that LaunchDarkly documents, and refuses others", async () => {
    for (const version of ["20240415", "20220603", "beta"]) {
      assert.deepEqual(await send("GET", "/caller-identity", { "LD-API-Version": version }), [200], version);
    }
    for (const version of ["20240416", "2", "latest"]) {
      const refused = [400, "invalid_request"];
      assert.deepEqual(await send("GET", "/caller-identity", { "LD-API-Version": version }), refused, version);
      const reset = await send("POST", `/tokens/${caller.token.id}/reset`, { "LD-API-Version": version });
      assert.deepEqual(reset, refused);
    }
    assert.ok(!caller.sandbox.requests.some(({ hasReset }) => hasReset));
  });

  it("takes a version that is sent twice, as LaunchDarkly's own Go client does", async () => {
    const { url, adminKey } = caller.sandbox;
    const headers = { Authorization: adminKey, "LD-API-Version": ["20240415", "20240415"] };
    const request = http.get(`${url}/api/v2/caller-identity`, { headers });
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    response.resume();
    assert.equal(response.statusCode, 200);
  });

  it("takes a POST for the method that it is to stand for", async () => {
    const json = { "Content-Type": "application/json" };
    const rename = JSON.stringify([{ op: "replace", path: "/name", value: "renamed" }]);
    const target = `/tokens/${caller.token.id}`;
    assert.deepEqual(await send("POST", target, { ...json, "X-HTTP-Method-Override": "PATCH" }, rename), [200]);
    assert.equal(caller.sandbox.store.find(caller.token.id)?.name, "renamed");
    const put = await send("POST", target, { ...json, "X-HTTP-Method-Override": "PUT" }, rename);
    assert.deepEqual(put, [405, "method_not_allowed"]);
    assert.deepEqual(await send("GET", target, { "X-HTTP-Method-Override": "DELETE" }), [200]);
    assert.deepEqual(await send("POST", target, { "X-HTTP-Method-Override": "delete" }), [204]);
    assert.equal(caller.sandbox.store.find(caller.token.id), undefined);
    assert.deepEqual(
      caller.sandbox.requests.map(({ route }) => route.split(" ")[0]),
      ["PATCH", "PUT", "GET", "DELETE"],
    );
  });

  it("gives every error an id of its own, and no other answer", async () => {
    caller.sandbox.faults.add({ when: "before", fault: { kind: "status", status: 503 }, route: "GET /api/v2/tokens" });
    const errors = [
      await call("GET", "/tokens"),
      await call("GET", "/tokens/61095542756dba551110ae21"),
      await call("GET", "/tokens/61095542756dba551110ae21"),
      await call("PATCH", `/tokens/${caller.token.id}`, caller.sandbox.adminKey, "{nonsense"),
      await call("PUT", "/tokens"),
    ];
    for (const { json } of errors) assert.match(String(json["id"]), /^[0-9a-f-]{36}$/);
    assert.equal(new Set(errors.map(({ json }) => json["id"])).size, errors.length);
    assert.ok(!("id" in (await call("GET", "/caller-identity")).json));
  });

  it("knows its paths as they are written, and no others", async () => {
    for (const target of [
      "/Tokens",
      "/tokens/",
      `/tokens/${caller.token.id}/RESET`,
      `/tokens/${caller.token.id}/reset/`,
    ]) {
      for (const method of ["GET", "POST"]) {
        assert.deepEqual(await send(method, target, {}), [404, "not_found"], `${method} ${target}`);
      }
    }
    assert.ok(!caller.sandbox.requests.some(({ hasReset }) => hasReset));
  });

  it("refuses a path that can't be decoded", async () => {
    assert.deepEqual(await send("GET", "/tokens/%zz", {}), [400, "invalid_request"]);
  });

  it("does not blame the caller for a failure of its own", async () => {
    caller.sandbox.store.save({ ...(caller.sandbox.store.find(caller.token.id) ?? assert.fail()), keys: [] as never });
    assert.deepEqual(await send("GET", `/tokens/${caller.token.id}`, {}), [500, "internal"]);
  });

  it("tells each limit beside what is left of it", async () => {
    const route = "GET /api/v2/caller-identity";
    caller.sandbox.rateLimiter.limits = { global: 100, authToken: 50, routes: { [route]: 7 } };
    const { headers } = await call("GET", "/caller-identity");
    const told = ["global", "auth-token", "route"].map((kind) =>
      ["limit", "remaining"].map((what) => headers.get(`x-ratelimit-${kind}-${what}`)),
    );
    assert.deepEqual(told, [
      ["100", "99"],
      ["50", "49"],
      ["7", "6"],
    ]);
  });
});
