/** The file in which the sandbox keeps an account. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { startSandbox } from "../../sandbox/sandbox";
import { everyKind } from "../support/kinds";

describe("the sandbox's file", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sandbox-"));
    file = path.join(folder, "tokens.json");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("lets it go on with its tokens after a restart", async () => {
    const first = await startSandbox({ file });
    const kept = first.createToken({ name: "kept" });
    await first.stop();
    const second = await startSandbox({ file });
    assert.equal(second.adminKey, first.adminKey);
    assert.equal(second.store.findByKey(kept.key, second.clock.now())?.name, "kept");
    await second.stop();
  });

  it("keeps environments and Relay Proxy configurations as well", async () => {
    const first = await startSandbox({ file });
    const { sdkKey, mobileKey } = first.createEnvironment({ projectKey: "shop", key: "production" });
    const { key } = first.createRelayConfiguration({ name: "berlin" });
    const every = first.store.everyKey();
    await first.stop();
    const second = await startSandbox({ file });
    assert.deepEqual(second.store.everyKey(), every);
    assert.deepEqual(every, [first.adminKey, sdkKey, mobileKey, key]);
    assert.equal(second.store.environments.all()[0]?.key, "production");
    assert.equal(second.store.relayConfigurations.all()[0]?.name, "berlin");
    await second.stop();
  });

  for (const { credential, add } of everyKind) {
    it(`keeps what ${credential.className} is about, and knows its key as one that nothing may print`, async () => {
      const first = await startSandbox({ file });
      const { key } = add(first, "kept").takeOver();
      assert.ok(first.store.everyKey().includes(key), "everyKey of sandbox/store.ts lacks it");
      await first.stop();
      const second = await startSandbox({ file });
      assert.ok(second.store.everyKey().includes(key), "sandbox/store.ts does not write it, or does not read it");
      await second.stop();
    });
  }

  it("keeps additional keys, deleted ones included, and the flag as well", async () => {
    const first = await startSandbox({ file });
    const environment = first.createEnvironment({ projectKey: "shop", key: "production" });
    const { keyId } = first.additionalKeys.add(environment, { kind: "mobile", viewKeys: ["apps"] });
    first.additionalKeys.add(environment, { name: "server", expiry: first.clock.now() + 60_000 });
    first.additionalKeys.remove(environment, keyId);
    first.turnFlag(true);
    const [kept, every] = [first.additionalKeys.all(environment), first.store.everyKey()];
    await first.stop();
    const second = await startSandbox({ file });
    assert.deepEqual(second.additionalKeys.all(environment), kept);
    assert.deepEqual([second.store.everyKey(), second.store.flag.current()], [every, { isOn: true, version: 2 }]);
    await second.stop();
  });

  it("may be one that was written when there were only tokens", async () => {
    const first = await startSandbox({ file });
    const kept = first.createToken({ name: "kept" });
    await first.stop();
    const { tokens } = JSON.parse(readFileSync(file, "utf8")) as { tokens: unknown };
    writeFileSync(file, JSON.stringify(tokens));
    const second = await startSandbox({ file });
    assert.equal(second.adminKey, first.adminKey);
    assert.equal(second.store.findByKey(kept.key, second.clock.now())?.name, "kept");
    assert.deepEqual(second.store.environments.all(), []);
    await second.stop();
  });
});
