/** Resources of all credentials in one process share one session and its limits. */
import assert from "node:assert/strict";

import { CONCURRENCY } from "../../provider/client/limits";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { goldenStub } from "../support/goldenStubs";
import { kinds } from "../support/kinds";
import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { WHO } from "../support/routes";

/** Each class has a stub of its own, and so a provider of its own; all of them in one process. */
describe("resources of all credentials in one run, in the dynamic-provider process", () => {
  let sandbox: Sandbox;
  let provider: ProviderProcess;

  beforeEach(async () => {
    sandbox = await startSandbox({ latencyMs: 50 });
    provider = await startProviderProcess();
    const config = { "launchdarkly:apiHost": sandbox.url, "launchdarkly:accessToken": sandbox.adminKey };
    // As the engine does: once for each text.
    await provider.configure(config);
  });
  afterEach(async () => {
    await provider.stop();
    await sandbox.stop();
  });

  /** Creates so many of each kind, and then rotates them all at once. */
  async function rotateAll(count: number): Promise<void> {
    const work = kinds.flatMap(({ credential, rotatable }) =>
      Array.from({ length: count }, async (_, index) => {
        const one = rotatable.add(sandbox, `${credential.className} ${index}`);
        const methods = provider.of(credential.className);
        const { outs } = await methods.create({ ...one.identity, triggers: 1 });
        const rotated = await methods.update(outs, { ...one.identity, triggers: 2 });
        assert.equal(rotated[credential.outputs.key], one.currentKey());
      }),
    );
    await Promise.all(work);
  }

  it("ask once whose the stack's key is", async () => {
    await rotateAll(1);
    const asked = sandbox.requests.filter(({ route, callerId }) => route === WHO && callerId === sandbox.adminId);
    assert.equal(asked.length, 1);
  });

  it("keep to one bound of requests at once, all together", async () => {
    await rotateAll(CONCURRENCY / 2);
    assert.ok(sandbox.mostAtOnce() > 1, "requests do run side by side");
    assert.ok(sandbox.mostAtOnce() <= CONCURRENCY, `${sandbox.mostAtOnce()} requests at once`);
  });

  it("wait together for a rate limit that one of them met", async () => {
    const [first] = kinds;
    const fault = { kind: "status", status: 429, headers: { "Retry-After": "1" } } as const;
    const started = sandbox.clock.now();
    sandbox.faults.add({ route: first?.RESET ?? "", when: "before", fault });
    await rotateAll(1);
    const limited = sandbox.requests.find(({ status }) => status === 429) ?? assert.fail();
    // What was under way already, of the other kinds, still arrives.
    const later = sandbox.requests.slice(sandbox.requests.indexOf(limited) + kinds.length);
    assert.ok(later.length > 0);
    for (const { at } of later) assert.ok(at - limited.at >= 950, `${at - limited.at} ms after the 429`);
    assert.ok(started <= limited.at);
  });

  it("are of one run where two texts of a stub name one class: a repeated call goes on from what it has done", async () => {
    for (const { credential, rotatable, VERIFY, LOOK, RESET } of kinds) {
      const one = rotatable.add(sandbox, "twice");
      // As a copy that a bundler has packed has it.
      const others = provider.of(credential.className, `${goldenStub(credential.className)}// packed\n`);
      const methods = provider.of(credential.className);
      const { outs } = await methods.create({ ...one.identity, triggers: 1 });
      const before = sandbox.requests.filter(({ hasReset }) => hasReset).length;
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
      for (const route of [LOOK, ...VERIFY]) {
        const skip = credential.isReadable ? 1 : 0;
        sandbox.faults.add({ route, when: "before", skip, times: Infinity, fault: { kind: "status", status: 403 } });
      }
      const news = { ...one.identity, triggers: 2, ...(credential.noGrace === undefined && { oldKeyExpiry: "1h" }) };
      await assert.rejects(methods.update(outs, news));
      // The engine configures the other text here, at its first call.
      const added = rotatable.add(sandbox, "another");
      sandbox.faults.clear();
      await others.create({ ...added.identity, triggers: 1 });
      const again = methods.update(outs, news);
      if (credential.isReadable) await again;
      else await assert.rejects(again, /the new key is lost/);
      const resets = sandbox.requests.filter(({ hasReset }) => hasReset).length - before;
      assert.equal(resets, credential.isReadable ? 1 : 2, "the other one is that of the other resource");
    }
  });
});
