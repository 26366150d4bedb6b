/** LaunchDarkly's own SDK for servers as a consumer of the sandbox's SDK keys: who sees that a flag was turned. */
import assert from "node:assert/strict";

import { FLAG_KEY } from "../../sandbox/flag";
import { type CreatedEnvironment, type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { flagServers } from "../support/flagServers";

const APP = `/msdk/evalx/contexts/${Buffer.from('{"kind":"user","key":"ada"}').toString("base64url")}`;
const MINUTE = 60_000;

describe("the consumers of the sandbox's keys", () => {
  let sandbox: Sandbox;
  let environment: CreatedEnvironment;
  const servers = flagServers(() => sandbox);
  const { serverWith, startedWith, sees, turn, givesUp } = servers;

  beforeEach(async () => {
    sandbox = await startSandbox();
    sandbox.clock.hold();
    environment = sandbox.createEnvironment({ projectKey: "shop", key: "production" });
  });
  afterEach(async () => {
    servers.close();
    await sandbox.stop();
  });

  const resetDefault = async (query = "") => {
    const target = `/api/v2/projects/shop/environments/production/apiKey${query}`;
    const headers = { Authorization: sandbox.adminKey };
    const response = await fetch(`${sandbox.url}${target}`, { method: "POST", headers });
    return ((await response.json()) as { apiKey: string }).apiKey;
  };

  describe("a server with LaunchDarkly's own SDK and a default SDK key of the sandbox", () => {
    it("sees a flag that is turned, at once", async () => {
      const client = await startedWith(environment.sdkKey);
      assert.equal(await sees(client), false);
      await turn(true, client);
      assert.equal(await sees(client), true);
      await turn(false, client);
      assert.equal(await sees(client), false);
    });

    it("goes on with its old key until the grace ends, and sees nothing after", async () => {
      const old = await startedWith(environment.sdkKey);
      const newKey = await resetDefault(`?expiry=${sandbox.clock.now() + MINUTE}`);
      const young = await startedWith(newKey);
      await turn(true, old, young);
      assert.deepEqual([await sees(old), await sees(young)], [true, true]);
      await givesUp(old, () => {
        sandbox.clock.move(MINUTE);
      });
      await turn(false, young);
      assert.deepEqual([await sees(old), await sees(young)], [true, false], "the flags of the old one are frozen");
    });

    it("loses its stream to a reset without a grace", async () => {
      const client = await startedWith(environment.sdkKey);
      assert.equal(sandbox.openStreams(), 1);
      await givesUp(client, () => resetDefault());
      assert.equal(sandbox.openStreams(), 0);
      sandbox.turnFlag(true);
      assert.equal(await sees(client), false);
    });
  });

  describe("a server with LaunchDarkly's own SDK and an additional SDK key of the sandbox", () => {
    it("sees changes from its first second, beside one with the default key", async () => {
      const first = await startedWith(environment.sdkKey);
      await turn(true, first);
      const second = await startedWith(sandbox.additionalKeys.add(environment).key);
      assert.equal(await sees(second), true);
      await turn(false, first, second);
      assert.deepEqual([await sees(first), await sees(second)], [false, false]);
    });

    it("sees changes until the key expires, also when the expiry is moved, and none after", async () => {
      const { keyId, key } = sandbox.additionalKeys.add(environment, { expiry: sandbox.clock.now() + MINUTE });
      const client = await startedWith(key);
      sandbox.additionalKeys.change(environment, keyId, { expiry: sandbox.clock.now() + 2 * MINUTE });
      sandbox.clock.move(2 * MINUTE - 1);
      await turn(true, client);
      await givesUp(client, () => {
        sandbox.clock.move(1);
      });
      sandbox.turnFlag(false);
      assert.deepEqual([await sees(client), client.initialized()], [true, true], "nothing fails: its flags are frozen");
    });

    it("sees no changes once the key is deleted, and the others do", async () => {
      const { keyId, key } = sandbox.additionalKeys.add(environment);
      const [gone, other] = [await startedWith(key), await startedWith(sandbox.additionalKeys.add(environment).key)];
      await givesUp(gone, () => {
        sandbox.additionalKeys.remove(environment, keyId);
      });
      await turn(true, other);
      assert.deepEqual([await sees(gone), await sees(other)], [false, true]);
    });

    it("is refused if it starts with a dead key, streaming or polling", async () => {
      const { keyId, key } = sandbox.additionalKeys.add(environment);
      sandbox.additionalKeys.remove(environment, keyId);
      for (const stream of [true, false]) {
        const client = serverWith(key, { stream });
        await assert.rejects(client.waitForInitialization({ timeout: 30 }), /Authentication failed|401/);
        assert.equal(await sees(client), "no flag");
      }
    });

    it("gets its flags by polling as well, and may send what it has noted", async () => {
      const { key } = sandbox.additionalKeys.add(environment);
      sandbox.turnFlag(true);
      const client = await startedWith(key, { stream: false });
      assert.equal(await sees(client), true);
      await client.flush();
      const routes = new Map(sandbox.requests.map(({ route, status }) => [route, status]));
      assert.deepEqual([routes.get("GET /sdk/latest-all"), routes.get("POST /bulk")], [200, 202]);
      assert.equal(routes.get("GET /all"), undefined);
    });

    it("is no mobile key", async () => {
      const { key } = sandbox.additionalKeys.add(environment, { kind: "mobile" });
      await assert.rejects(serverWith(key).waitForInitialization({ timeout: 30 }), /Authentication failed/);
    });
  });

  // No SDK for apps runs in Node.js, so these ask as such an SDK does.
  describe("an app that asks the sandbox as LaunchDarkly's SDKs for apps do", () => {
    const ask = async (key: string) => {
      const response = await fetch(`${sandbox.url}${APP}`, { headers: { Authorization: key } });
      if (response.status !== 200) return response.status;
      return ((await response.json()) as Record<string, { value: unknown }>)[FLAG_KEY]?.value;
    };

    it("sees the flag with the default mobile key, and with additional ones until they end", async () => {
      const { keyId, key } = sandbox.additionalKeys.add(environment, { kind: "mobile" });
      const { key: expiring } = sandbox.additionalKeys.add(environment, {
        ...{ kind: "mobile", expiry: sandbox.clock.now() + MINUTE },
      });
      const all = async () => [await ask(environment.mobileKey), await ask(key), await ask(expiring)];
      assert.deepEqual(await all(), [false, false, false]);
      sandbox.turnFlag(true);
      assert.deepEqual(await all(), [true, true, true]);
      sandbox.clock.move(MINUTE);
      sandbox.additionalKeys.remove(environment, keyId);
      assert.deepEqual(await all(), [true, 401, 401]);
    });

    it("is refused with SDK keys", async () => {
      assert.equal(await ask(environment.sdkKey), 401);
      assert.equal(await ask(sandbox.additionalKeys.add(environment).key), 401);
    });
  });
});
