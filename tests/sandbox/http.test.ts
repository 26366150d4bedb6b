import assert from "node:assert/strict";

import { type Caller, startCaller } from "../support/sandboxCaller";

describe("the sandbox's HTTP", () => {
  let sandbox: Caller["sandbox"];
  let token: Caller["token"];
  let call: Caller["call"];

  beforeEach(async () => {
    ({ sandbox, token, call } = await startCaller());
  });
  afterEach(() => sandbox.stop());

  it("answers a method that the path does not know with 405 and the methods that it does", async () => {
    const { id: relay } = sandbox.createRelayConfiguration();
    for (const [method, target, allowed] of [
      ["DELETE", "/tokens", "GET, POST"],
      ["PUT", `/tokens/${token.id}`, "GET, PATCH, DELETE"],
      ["GET", `/tokens/${token.id}/reset`, "POST"],
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
    assert.equal(sandbox.requests[0]?.route, "DELETE /api/v2/tokens");
  });

  it("has no methods but GET for consumers", async () => {
    const { sdkKey } = sandbox.createEnvironment();
    const statusWith = async (key: string) => {
      const response = await fetch(`${sandbox.url}/sdk/latest-all`, {
        method: "POST",
        headers: { Authorization: key },
      });
      await response.arrayBuffer();
      return response.status;
    };
    assert.deepEqual([await statusWith(sdkKey), await statusWith(sandbox.adminKey)], [405, 401]);
  });
});
