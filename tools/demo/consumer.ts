/** A program that uses a key without a break, as a service would. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Consumer {
  /** Uses this key from the next call on. */
  switchTo(key: string): void;
  /** The keys used, each with the time of its first call in epoch milliseconds. */
  readonly uses: { readonly key: string; readonly from: number }[];
  calls(): number;
  /** Calls that were answered with anything but 200, or not at all. */
  rejected(): number;
  stop(): Promise<void>;
}

const PAUSE_MS = 5;
/** Often enough to time a death, and seldom enough to leave the processor to the others. */
const WATCH_PAUSE_MS = 20;

export function startConsumer(url: string, firstKey: string): Consumer {
  let key = firstKey;
  let calls = 0;
  let rejected = 0;
  let isStopped = false;
  const uses = [{ key, from: Date.now() }];

  async function run(): Promise<void> {
    while (!isStopped) {
      calls++;
      if (!(await isAccepted(url, key))) rejected++;
      await sleep(PAUSE_MS);
    }
  }

  const running = run();
  return {
    switchTo(next) {
      key = next;
      uses.push({ key, from: Date.now() });
    },
    uses,
    calls: () => calls,
    rejected: () => rejected,
    stop() {
      isStopped = true;
      return running;
    },
  };
}

/** Whether LaunchDarkly accepts a key. */
export async function isAccepted(url: string, key: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v2/caller-identity`, { headers: { Authorization: key } }).catch(
    () => undefined,
  );
  await response?.arrayBuffer();
  return response?.status === 200;
}

/**
 * Calls with a key until it is refused.
 *
 * @returns when the last accepted call was sent and when the refused one was answered, in epoch milliseconds
 */
export async function watchDeath(url: string, key: string): Promise<{ lastAccepted: number; firstRefused: number }> {
  let lastAccepted = 0;
  for (;;) {
    const sent = Date.now();
    if (!(await isAccepted(url, key))) return { lastAccepted, firstRefused: Date.now() };
    lastAccepted = sent;
    await sleep(WATCH_PAUSE_MS);
  }
}
