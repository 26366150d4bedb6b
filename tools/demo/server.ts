/**
 * A server with LaunchDarkly's own SDK, which is a consumer of an SDK key: it sees each change of a flag, or it does not.
 * A dead key does not fail it: its flags freeze. So nothing but a flag that was turned tells who still sees changes.
 */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import { init, type LDClient } from "@launchdarkly/node-server-sdk";

import { FLAG_KEY } from "../../sandbox/flag";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Consumer } from "./consumer";

const SILENT = { error() {}, warn() {}, info() {}, debug() {} };
const PAUSE_MS = 50;
/** Far longer than a change takes to arrive. */
const PATIENCE_MS = 10_000;

export interface Server extends Consumer {
  /** Whether the instances with an old key saw nothing of the last turn, which the current one saw: said once it is stopped. */
  isFrozenWithOldKeys(): boolean;
}

/**
 * A server that begins with its first key. Somebody turns the flag again and again; each turn counts as a call, and one that
 * the server misses as rejected.
 */
export function startServer(sandbox: Sandbox): Server {
  const uses: { key: string; from: number }[] = [];
  const instances: LDClient[] = [];
  let isStopped = false;
  let isOn = false;
  let calls = 0;
  let rejected = 0;
  let isFrozen = false;
  let current: Promise<LDClient> | undefined;

  /** A new instance with a key, as a deployment starts one. */
  async function start(key: string): Promise<LDClient> {
    const { url } = sandbox;
    const instance = init(key, { baseUri: url, streamUri: url, eventsUri: url, logger: SILENT });
    // Without a listener, the SDK throws what it tells of a dead key.
    instance.on("error", () => undefined);
    instances.push(instance);
    await instance.waitForInitialization({ timeout: PATIENCE_MS / 1_000 });
    return instance;
  }

  async function turnFlag(): Promise<void> {
    const instance = await current;
    if (instance === undefined) return;
    const seen = once(instance, "update", { signal: AbortSignal.timeout(PATIENCE_MS) });
    isOn = !isOn;
    sandbox.turnFlag(isOn);
    calls++;
    await seen.catch(() => rejected++);
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      await turnFlag();
      await sleep(PAUSE_MS);
    }
  }

  const running = run();
  return {
    uses,
    switchTo(key) {
      const next = start(key);
      uses.push({ key, from: Date.now() });
      current = next;
    },
    currentKey: () => uses.at(-1)?.key,
    calls: () => calls,
    rejected: () => rejected,
    summary: (user) => `${calls} changes of a flag, of which the ${user} missed ${rejected}`,
    isFrozenWithOldKeys: () => isFrozen,
    async stop() {
      isStopped = true;
      await running;
      const old = instances.slice(0, -1);
      const seen = () =>
        Promise.all(old.map((one): unknown => one.variation(FLAG_KEY, { kind: "user", key: "ada" }, null)));
      const before = await seen();
      await turnFlag();
      isFrozen = old.length > 0 && rejected === 0 && isDeepStrictEqual(await seen(), before);
      for (const instance of instances) instance.close();
    },
  };
}
