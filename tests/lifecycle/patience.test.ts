/** How long one rotation tries, over all of its requests. */
import assert from "node:assert/strict";

import { PATIENCE_MS } from "../../provider/client/limits";
import type { Provider } from "../../provider/hosts/dynamic/provider";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import { RESET, WHO } from "../support/routes";

describe("the patience of a rotation", () => {
  let sandbox: Sandbox;
  let provider: Provider;
  /** Milliseconds that the provider has waited: its only time. */
  let waited: number;

  beforeEach(async () => {
    sandbox = await startSandbox();
    waited = 0;
    provider = await inProcessProvider(sandbox, {
      elapsed: () => waited,
      random: () => 0.5,
      wait: (milliseconds) => Promise.resolve(void (waited += milliseconds)),
    });
  });
  afterEach(() => sandbox.stop());

  const seconds = (count: number) => ({ "Retry-After": String(count) });

  it("ends after ten minutes of rate limits, and nothing has changed", async () => {
    const { id: tokenId, key } = sandbox.createToken();
    const fault = { kind: "status", status: 429, headers: seconds(20) } as const;
    sandbox.faults.add({ route: RESET, when: "before", fault, times: Infinity });
    await assert.rejects(provider.create({ tokenId, oldKeyExpiry: "1h" }), {
      message: /Not reset: LaunchDarkly's rate limit held back the request to reset access token \w+ for too long/,
    });
    assert.ok(waited >= PATIENCE_MS && waited < PATIENCE_MS + 60_000, String(waited));
    assert.ok(sandbox.requests.length < 50, String(sandbox.requests.length));
    assert.equal(sandbox.store.find(tokenId)?.keys[0].value, key);
  });

  it("is one for the reset and the verification, which keeps the new key when it ends", async () => {
    const { id: tokenId } = sandbox.createToken();
    const fault = { kind: "status", status: 429, headers: seconds(200) } as const;
    sandbox.faults.add({ route: RESET, when: "before", fault, times: 2 });
    sandbox.faults.add({ route: WHO, callerId: tokenId, when: "before", fault, times: Infinity });
    const error: unknown = await provider.create({ tokenId, oldKeyExpiry: "1h" }).catch((reason: unknown) => reason);
    assert.match((error as Error).message, /is saved, but it did not pass\. .*rate limit/);
    const { token } = (error as { properties: { token: string } }).properties;
    assert.equal(token, sandbox.store.find(tokenId)?.keys[0].value);
    assert.ok(waited >= PATIENCE_MS && waited < PATIENCE_MS + 220_000, String(waited));
  });
});
