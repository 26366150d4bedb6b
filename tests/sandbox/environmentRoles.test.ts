/** Which roles may see and reset the keys of an environment. */
import assert from "node:assert/strict";

import type { CreatedEnvironment } from "../../sandbox/sandbox";
import type { Statement } from "../../sandbox/statement";
import { eachCaller } from "../support/sandboxCaller";

describe("the roles that the sandbox's environments ask for", () => {
  const caller = eachCaller();
  const { call } = caller;

  let environment: CreatedEnvironment;
  const path = "/projects/shop/environments/production";

  beforeEach(() => {
    environment = caller.sandbox.createEnvironment({ projectKey: "shop", key: "production" });
  });

  const roleOf = (...actions: string[]): Statement[] => [{ effect: "allow", actions, resources: ["proj/*:env/*"] }];

  it("have one action for each kind of reset", async () => {
    const statuses = async (inlineRole: Statement[]) => {
      const { key } = caller.sandbox.createToken({ inlineRole });
      return [
        (await call("GET", path, key)).status,
        (await call("POST", `${path}/apiKey`, key)).status,
        (await call("POST", `${path}/mobileKey`, key)).status,
      ];
    };
    assert.deepEqual(await statuses(roleOf("updateApiKey")), [200, 200, 403]);
    assert.deepEqual(await statuses(roleOf("updateMobileKey")), [200, 403, 200]);
    assert.deepEqual(await statuses(roleOf("update*")), [200, 200, 200]);
    assert.deepEqual(await statuses(roleOf("resetAccessToken")), [200, 403, 403]);
    for (const [resource, status] of [
      ["proj/shop:env/production", 200],
      ["proj/shop:env/*", 200],
      ["proj/*:env/prod*", 200],
      ["proj/other:env/*", 403],
      ["proj/*:env/staging", 403],
      ["proj/shop", 403],
      ["service-token/*", 403],
    ] as const) {
      const { key } = caller.sandbox.createToken({
        inlineRole: [{ effect: "allow", actions: ["updateApiKey"], resources: [resource] }],
      });
      assert.equal((await call("POST", `${path}/apiKey`, key)).status, status, resource);
    }
  });

  it("let readers view, and none of the base roles but Admin reset", async () => {
    for (const role of ["reader", "writer"] as const) {
      const { key } = caller.sandbox.createToken({ role });
      assert.equal((await call("GET", path, key)).status, 200);
      assert.equal((await call("GET", "/projects/shop/environments", key)).status, 200);
      const refused = await call("POST", `${path}/apiKey`, key);
      assert.deepEqual([refused.status, refused.json["code"]], [403, "forbidden"]);
      assert.equal((await call("POST", `${path}/mobileKey`, key)).status, 403);
    }
  });

  it("mask the SDK key, but for its end, to a caller that lacks viewSdkKey", async () => {
    const masked = `sdk-****-****-${environment.sdkKey.slice(-4)}`;
    const shown = async (key: string) => {
      const [item] = (await call("GET", "/projects/shop/environments", key)).json["items"] as Record<string, unknown>[];
      return [(await call("GET", path, key)).json["apiKey"], item?.["apiKey"]];
    };
    assert.deepEqual(await shown(caller.sandbox.createToken({ role: "reader" }).key), [masked, masked]);
    const viewer = caller.sandbox.createToken({ inlineRole: roleOf("viewSdkKey") });
    assert.deepEqual(await shown(viewer.key), [environment.sdkKey, environment.sdkKey]);
    const resetter = caller.sandbox.createToken({ inlineRole: roleOf("updateApiKey", "updateMobileKey") });
    assert.equal((await call("POST", `${path}/mobileKey`, resetter.key)).json["apiKey"], masked);
    assert.match(String((await call("POST", `${path}/apiKey`, resetter.key)).json["apiKey"]), /^sdk-[0-9a-f-]{36}$/);
  });
});
