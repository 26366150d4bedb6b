/** Rate limits, planned faults and the log of requests. */
import assert from "node:assert/strict";

import { eachCaller } from "../support/sandboxCaller";
import { WHO } from "../support/routes";

describe("the sandbox's switches", () => {
  const caller = eachCaller();
  const { call, accepts } = caller;

  it("limit a route until the window ends", async () => {
    caller.sandbox.clock.hold();
    caller.sandbox.rateLimiter.limits = { routes: { [WHO]: 2 } };
    const answers = [];
    for (let index = 0; index < 3; index++) answers.push(await call("GET", "/caller-identity"));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429],
    );
    const { headers, json } = answers[2] ?? assert.fail();
    assert.equal(json["code"], "rate_limited");
    assert.equal(headers.get("x-ratelimit-route-remaining"), "0");
    caller.sandbox.clock.move(Number(headers.get("x-ratelimit-reset")) - caller.sandbox.clock.now());
    assert.equal((await call("GET", "/caller-identity")).status, 200);
  });

  it("give a planned status the code that LaunchDarkly's description has for it", async () => {
    for (const [status, code] of [
      [400, "invalid_request"],
      [401, "unauthorized"],
      [403, "forbidden"],
      [404, "not_found"],
      [405, "method_not_allowed"],
      [409, "optimistic_locking_error"],
      [422, "patch_failed"],
      [429, "rate_limited"],
      [503, "internal"],
    ] as const) {
      caller.sandbox.faults.add({ when: "before", fault: { kind: "status", status } });
      const answer = await call("GET", "/caller-identity");
      assert.deepEqual([answer.status, answer.json["code"]], [status, code]);
      assert.equal(typeof answer.json["message"], "string");
    }
  });

  it("fail a request before or after it is processed", async () => {
    const reset = `/tokens/${caller.token.id}/reset`;
    caller.sandbox.faults.add({ when: "before", fault: { kind: "status", status: 500 } });
    assert.equal((await call("POST", reset)).status, 500);
    assert.ok(await accepts(caller.token.key));
    caller.sandbox.faults.add({ when: "after", fault: { kind: "drop" } });
    await assert.rejects(call("POST", reset));
    assert.equal(await accepts(caller.token.key), false);
    caller.sandbox.faults.add({ when: "after", fault: { kind: "truncate" } });
    await assert.rejects(call("POST", reset));
    caller.sandbox.faults.add({ when: "after", fault: { kind: "notJson" } });
    assert.match((await call("POST", reset)).text, /^<html>/);
    caller.sandbox.faults.add({ when: "after", fault: { kind: "alter", fields: { name: 7 } } });
    const { token: key, name } = (await call("POST", reset)).json;
    assert.ok(await accepts(String(key)));
    assert.equal(name, 7);
  });

  it("let requests pass first, and concern one route or one caller", async () => {
    const fault = { kind: "status", status: 503 } as const;
    caller.sandbox.faults.add({ route: WHO, callerId: caller.token.id, when: "before", skip: 1, fault });
    const statuses = [];
    for (const key of [
      caller.sandbox.adminKey,
      caller.token.key,
      caller.sandbox.adminKey,
      caller.token.key,
      caller.token.key,
    ]) {
      statuses.push((await call("GET", "/caller-identity", key)).status);
    }
    assert.deepEqual(statuses, [200, 200, 200, 503, 200]);
  });

  it("log every request without its key", async () => {
    await call("POST", `/tokens/${caller.token.id}/reset?expiry=9999999999999`);
    const [logged] = caller.sandbox.requests;
    assert.equal(logged?.route, "POST /api/v2/tokens/:id/reset");
    assert.deepEqual(logged.query, { expiry: "9999999999999" });
    assert.equal(logged.callerId, caller.sandbox.adminId);
    assert.ok(!JSON.stringify(caller.sandbox.requests).includes(caller.sandbox.adminKey));
  });
});
