/** The one retry loop. The outcome of an attempt decides whether to retry, and retryPolicy.ts when. */

/** Requests under way at once, over all resources of a stack, unless LaunchDarkly's headers allow fewer. */
export const CONCURRENCY = 16;

/** How long connecting may take, TLS and proxy included. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** How long an answer may take to its last byte, once the connection is there, unless the stack sets `httpTimeout`. */
export const RESPONSE_TIMEOUT_MS = 30_000;

/** How long a rotation keeps retrying. A step that was not tried before is still tried once after that. */
export const PATIENCE_MS = 10 * 60_000;

/**
 * Stands for the time when work began, where the patience with it is over before it begins: what a preview asks is sent
 * once, and not at all while the rate limit holds requests back.
 */
export const ONCE = -Infinity;

/** The number of attempts, not counting those that met a rate limit. */
export const ATTEMPTS = 5;

/** The most pages of a list that are read: ten times as many as an account may need whose pages are full. */
export const LONGEST_LIST = 1_000;

/** The most bytes of an answer that are read. The answers used here have a few kB. */
export const LONGEST_BODY = 4 * 1024 * 1024;

export interface Tried {
  /** The number of attempts so far. */
  readonly tries: number;
  /** The same, without those that met a rate limit. */
  readonly failures: number;
  /** Milliseconds since the beginning of the work. */
  readonly elapsedMs: number;
}

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * Exponential backoff with full jitter, so that runs that failed together don't come back together. It comes on top
 * of what LaunchDarkly asks for.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param random a number from 0 up to 1
 * @returns milliseconds to wait; undefined to give up
 */
export function retryWait({ tries, failures, elapsedMs }: Tried, random: number): number | undefined {
  if (elapsedMs >= PATIENCE_MS || failures >= ATTEMPTS) return undefined;
  return Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * random);
}

export interface Time {
  /** Milliseconds that only grow, whatever happens to the clock. */
  readonly elapsed: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

export type Try<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | {
      readonly kind: "again";
      /** Whether it met a rate limit. That takes time, and does not count as an attempt. */
      readonly isRateLimited: boolean;
      /** The outcome if nothing is retried. */
      readonly otherwise: () => Result;
    };

/** @param since when the work began that this is a part of, by `elapsed`: its patience counts from then */
export async function retrying<Result>(
  { elapsed, wait, random }: Time,
  since: number,
  attempt: () => Promise<Try<Result>>,
): Promise<Result> {
  let failures = 0;
  for (let tries = 1; ; tries++) {
    const tried = await attempt();
    if (tried.kind === "done") return tried.result;
    if (!tried.isRateLimited) failures++;
    const pause = retryWait({ tries, failures, elapsedMs: elapsed() - since }, random());
    if (pause === undefined) return tried.otherwise();
    await wait(pause);
  }
}
