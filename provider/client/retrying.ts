/** The one retry loop: the outcome of an attempt decides whether to retry, and the policy here when. */
import { ATTEMPTS, PATIENCE_MS } from "./limits";

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
