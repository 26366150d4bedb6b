/** Decides whether, and when, something is tried again that LaunchDarkly did not do. */
import { ATTEMPTS, PATIENCE_MS } from "./limits";

export interface Tried {
  /** 1 after the first attempt. Those that met a rate limit don't count. */
  readonly attempt: number;
  /** Milliseconds since the first attempt, those that met a rate limit included. */
  readonly elapsedMs: number;
  /** Whether the last one met a rate limit. */
  readonly isRateLimited: boolean;
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
export function retryWait({ attempt, elapsedMs, isRateLimited }: Tried, random: number): number | undefined {
  if (elapsedMs >= PATIENCE_MS) return undefined;
  if (!isRateLimited && attempt >= ATTEMPTS) return undefined;
  return Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * random);
}
