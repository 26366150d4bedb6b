/** LaunchDarkly's clock, as far as its Date headers tell it. */

/** A Date header is cut to the second and was written while the answer was on its way: less is no disagreement. */
const TOLERANCE_MS = 5_000;

export interface ServerClock {
  /** Epoch milliseconds by LaunchDarkly's clock, or by the local one while they agree. */
  now(): number;
  /** Takes note of an answer's Date header. */
  observe(dateHeader: string | undefined): void;
}

/** @param localClock epoch milliseconds */
export function createServerClock(localClock: () => number): ServerClock {
  let offset = 0;
  return {
    now: () => localClock() + offset,
    observe(dateHeader) {
      const difference = Date.parse(dateHeader ?? "") - localClock();
      if (Number.isNaN(difference)) return;
      offset = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
    },
  };
}
