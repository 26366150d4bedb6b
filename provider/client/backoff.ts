/** How long to wait before the next attempt when nobody says it. */

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * Exponential backoff with full jitter, so that runs that failed together don't come back together.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param attempt 1 after the first attempt
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export function backoff(attempt: number, random: number): number {
  return Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * random);
}
