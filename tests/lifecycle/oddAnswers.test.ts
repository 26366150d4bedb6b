/** Odd answers to a reset: the key is safe before anything may fail. */
import assert from "node:assert/strict";

import { kindOf, resetCredentials as credentials } from "../support/kinds";
import { PartialFailure } from "../../provider/hosts/dynamic/provider";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { inProcessProvider } from "../support/inProcessProvider";
import type { Properties } from "../support/providerProcess";
import { RESET } from "../support/routes";

describe("an odd answer to a reset", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  for (const [field, value] of [
    ["lastModified", 8.7e15],
    ["lastModified", 1e300],
    ["customRoleIds", [{}]],
    ["defaultApiVersion", 1.5],
    ["name", { deep: [[]] }],
  ] as const) {
    it(`keeps the key when its ${field} is ${JSON.stringify(value)}`, async () => {
      const { id: tokenId } = sandbox.createToken();
      const { create } = await inProcessProvider(sandbox, {});
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "alter", fields: { [field]: value } } });
      const made: { outs?: unknown } = await create({ tokenId, oldKeyExpiry: "1h" });
      assert.equal((made.outs as { token: string }).token, sandbox.store.find(tokenId)?.keys[0].value);
      assert.equal(sandbox.requests.filter(({ route }) => route === RESET).length, 1);
    });
  }

  it("with another token's key does not stay: the next up resets the token once more", async () => {
    const { id: tokenId, key: first } = sandbox.createToken();
    const { key: other } = sandbox.createToken();
    const { create, update } = await inProcessProvider(sandbox, {});
    const news = { tokenId, oldKeyExpiry: "1h" };
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "alter", fields: { token: other } } });
    const failure: unknown = await create(news).catch((error: unknown) => error);
    assert.ok(failure instanceof PartialFailure);
    assert.match(failure.message, /belongs to another access token .*Run pulumi up again: it resets the token anew/);
    const updated: { outs?: unknown } = await update("", failure.properties, news);
    assert.equal((updated.outs as { token: string }).token, sandbox.store.find(tokenId)?.keys[0].value);
    assert.ok(sandbox.store.findByKey(first, sandbox.clock.now()) !== undefined, "people hold it");
    assert.ok(sandbox.store.findByKey(other, sandbox.clock.now()) !== undefined);
  });
});

describe("a failure that nobody foresaw, after a reset", () => {
  for (const port of credentials) {
    it(`keeps the key of a ${port.className}`, async () => {
      const sandbox = await startSandbox();
      try {
        const credential = kindOf(port.className).rotatable.add(sandbox, "ci");
        let breaks = false;
        const log = () => (breaks ? Promise.reject(new RangeError("Invalid time value")) : Promise.resolve());
        const { create, update } = await inProcessProvider(sandbox, { log }, { port });
        const keyGiven = port.initialKey && { [port.initialKey]: credential.firstKey };
        const first = await create({ ...credential.identity, ...keyGiven, triggers: 1 });
        breaks = true;
        const failure: unknown = await update("", first.outs as Properties, {
          ...credential.identity,
          triggers: 2,
        }).catch((error: unknown) => error);
        assert.ok(failure instanceof PartialFailure, String(failure));
        assert.match(failure.message, /^Reset, but the run broke off: .*Invalid time value\. Run pulumi up again/);
        assert.equal(failure.properties[port.outputs.key], credential.currentKey());
      } finally {
        await sandbox.stop();
      }
    });
  }
});
