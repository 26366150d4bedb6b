import assert from "node:assert/strict";

import type { Settings } from "../../sandbox/accessToken";
import { type Caller, startCaller } from "../support/sandboxCaller";

describe("the sandbox's roles", () => {
  let sandbox: Caller["sandbox"];
  let token: Caller["token"];
  let call: Caller["call"];

  beforeEach(async () => {
    ({ sandbox, token, call } = await startCaller());
  });
  afterEach(() => sandbox.stop());

  const manage = async (settings: Settings) => {
    const { key } = sandbox.createToken(settings);
    return [
      (await call("POST", "/tokens", key, { role: "reader" })).status,
      (await call("PATCH", `/tokens/${token.id}`, key, [])).status,
      (await call("POST", `/tokens/${token.id}/reset`, key)).status,
      (await call("DELETE", `/tokens/${token.id}`, key)).status,
    ];
  };

  it("let only Admin manage tokens", async () => {
    assert.deepEqual(await manage({ role: "reader" }), [403, 403, 403, 403]);
    assert.deepEqual(await manage({ role: "writer" }), [403, 403, 403, 403]);
    assert.deepEqual(await manage({ role: "admin" }), [201, 200, 200, 204]);
  });

  it("let a token do what its inline role allows", async () => {
    const inlineRole = [{ effect: "allow" as const, actions: ["resetAccessToken"], resources: ["service-token/*"] }];
    assert.deepEqual(await manage({ inlineRole }), [403, 403, 200, 403]);
  });

  it("let all read service tokens, and hide personal tokens from service tokens without Admin", async () => {
    const personal = sandbox.createToken({ serviceToken: false, name: "mine" });
    const reader = sandbox.createToken({ role: "reader" });
    assert.equal((await call("GET", `/tokens/${token.id}`, reader.key)).status, 200);
    assert.equal((await call("GET", `/tokens/${personal.id}`, reader.key)).status, 404);
    assert.equal((await call("GET", `/tokens/${personal.id}`)).status, 200);
    assert.equal((await call("GET", `/tokens/${personal.id}`, personal.key)).status, 200);
  });
});
