/** A program that uses a key without a break, as a service would. */
import { setTimeout as sleep } from "node:timers/promises";

/** Uses a key once, and says whether LaunchDarkly accepted it. */
export type Use = (key: string) => Promise<boolean>;

export interface Consumer {
  /** Uses this key from the next call on. */
  switchTo(key: string): void;
  /** Undefined while it has none, and so does not call. */
  currentKey(): string | undefined;
  /** The keys used, each with the time of its first call in epoch milliseconds. */
  readonly uses: { readonly key: string; readonly from: number }[];
  calls(): number;
  /** Calls that were answered with anything but 200, or not at all. */
  rejected(): number;
  /** The same for people. */
  summary(user: string): string;
  stop(): Promise<void>;
}

/** How long a key was accepted, in epoch milliseconds. */
export interface Death {
  readonly key: string;
  /** When the last call was sent that was accepted. */
  readonly lastAccepted: number;
  /** When the first call was answered that was refused. */
  readonly firstRefused: number;
}

const PAUSE_MS = 10;
/** Often enough to time a death, and seldom enough to leave the processor to the others. */
const WATCH_PAUSE_MS = 20;

/** @param url what a consumer asks for with its key */
export function useAt(url: string): Use {
  return async (key) => {
    const response = await fetch(url, { headers: { Authorization: key } }).catch(() => undefined);
    await response?.arrayBuffer();
    return response?.status === 200;
  };
}

/** @param firstKey undefined for a consumer that is yet to get its first key */
export function startConsumer(use: Use, firstKey?: string): Consumer {
  let key = firstKey;
  let calls = 0;
  let rejected = 0;
  let isStopped = false;
  const uses = firstKey === undefined ? [] : [{ key: firstKey, from: Date.now() }];

  async function run(): Promise<void> {
    while (!isStopped) {
      if (key !== undefined) {
        calls++;
        if (!(await use(key))) rejected++;
      }
      await sleep(PAUSE_MS);
    }
  }

  const running = run();
  return {
    switchTo(next) {
      key = next;
      uses.push({ key, from: Date.now() });
    },
    currentKey: () => key,
    uses,
    calls: () => calls,
    rejected: () => rejected,
    summary: (user) => `${calls} calls by the ${user}, ${rejected} rejected`,
    stop() {
      isStopped = true;
      return running;
    },
  };
}

/** Calls with a key until it is refused. */
export async function watchDeath(use: Use, key: string): Promise<Death> {
  let lastAccepted = 0;
  for (;;) {
    const sent = Date.now();
    if (!(await use(key))) return { key, lastAccepted, firstRefused: Date.now() };
    lastAccepted = sent;
    await sleep(WATCH_PAUSE_MS);
  }
}
