/** Decides whether and when to retry what LaunchDarkly did not do. */
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
