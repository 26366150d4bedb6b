/** Rate limits, planned faults and the log of requests. */
import assert from "node:assert/strict";

import { type Caller, startCaller } from "../support/sandboxCaller";
import { WHO } from "../support/routes";

describe("the sandbox's switches", () => {
  let sandbox: Caller["sandbox"];
  let token: Caller["token"];
  let call: Caller["call"];
  let accepts: Caller["accepts"];

  beforeEach(async () => {
    ({ sandbox, token, call, accepts } = await startCaller());
  });
  afterEach(() => sandbox.stop());

  it("limit a route until the window ends", async () => {
    sandbox.clock.hold();
    sandbox.rateLimiter.limits = { routes: { [WHO]: 2 } };
    const answers = [];
    for (let index = 0; index < 3; index++) answers.push(await call("GET", "/caller-identity"));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429],
    );
    const { headers, json } = answers[2] ?? assert.fail();
    assert.equal(json["code"], "rate_limited");
    assert.equal(headers.get("x-ratelimit-route-remaining"), "0");
    sandbox.clock.move(Number(headers.get("x-ratelimit-reset")) - sandbox.clock.now());
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
      sandbox.faults.add({ when: "before", fault: { kind: "status", status } });
      const answer = await call("GET", "/caller-identity");
      assert.deepEqual([answer.status, answer.json["code"]], [status, code]);
      assert.equal(typeof answer.json["message"], "string");
    }
  });

  it("fail a request before or after it is processed", async () => {
    const reset = `/tokens/${token.id}/reset`;
    sandbox.faults.add({ when: "before", fault: { kind: "status", status: 500 } });
    assert.equal((await call("POST", reset)).status, 500);
    assert.ok(await accepts(token.key));
    sandbox.faults.add({ when: "after", fault: { kind: "drop" } });
    await assert.rejects(call("POST", reset));
    assert.equal(await accepts(token.key), false);
    sandbox.faults.add({ when: "after", fault: { kind: "truncate" } });
    await assert.rejects(call("POST", reset));
    sandbox.faults.add({ when: "after", fault: { kind: "notJson" } });
    assert.match((await call("POST", reset)).text, /^<html>/);
    sandbox.faults.add({ when: "after", fault: { kind: "alter", fields: { name: 7 } } });
    const { token: key, name } = (await call("POST", reset)).json;
    assert.ok(await accepts(String(key)));
    assert.equal(name, 7);
  });

  it("let requests pass first, and concern one route or one caller", async () => {
    const fault = { kind: "status", status: 503 } as const;
    sandbox.faults.add({ route: WHO, callerId: token.id, when: "before", skip: 1, fault });
    const statuses = [];
    for (const key of [sandbox.adminKey, token.key, sandbox.adminKey, token.key, token.key]) {
      statuses.push((await call("GET", "/caller-identity", key)).status);
    }
    assert.deepEqual(statuses, [200, 200, 200, 503, 200]);
  });

  it("log every request without its key", async () => {
    await call("POST", `/tokens/${token.id}/reset?expiry=9999999999999`);
    const [logged] = sandbox.requests;
    assert.equal(logged?.route, "POST /api/v2/tokens/:id/reset");
    assert.deepEqual(logged.query, { expiry: "9999999999999" });
    assert.equal(logged.callerId, sandbox.adminId);
    assert.ok(!JSON.stringify(sandbox.requests).includes(sandbox.adminKey));
  });
});
