/** LaunchDarkly's clock, as far as its Date headers tell it. */

/** A Date header is cut to the second, and clocks that agree agree not much better. */
const TOLERANCE_MS = 5_000;

/** 9999-12-31: a header beyond it is broken. */
const LAST_INSTANT = 253_402_300_799_999;

export interface ServerClock {
  /** Epoch milliseconds by LaunchDarkly's clock, or by the local one while they agree. */
  now(): number;
  /**
   * Takes note of an answer's Date header, which was written at some time between sending and receiving.
   *
   * @param sentAt epoch milliseconds of the local clock
   */
  observe(dateHeader: string | undefined, sentAt: number): void;
}

/** @param localClock epoch milliseconds */
export function createServerClock(localClock: () => number): ServerClock {
  let offset = 0;
  return {
    now: () => localClock() + offset,
    observe(dateHeader, sentAt) {
      const date = Date.parse(dateHeader ?? "");
      if (Number.isNaN(date) || date < 0 || date > LAST_INSTANT) return;
      const receivedAt = localClock();
      if (date < sentAt - TOLERANCE_MS) offset = date - sentAt;
      else if (date > receivedAt + TOLERANCE_MS) offset = date - receivedAt;
      else offset = 0;
    },
  };
}
