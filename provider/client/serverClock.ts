/** LaunchDarkly's clock, as far as its Date headers tell it. */
import { LAST_INSTANT } from "../model/answers";

/** What caches say of an answer that they kept. Source: RFC 9211; X-Cache and Cloudflare's header are older customs. */
const CACHE_HEADERS = ["cache-status", "x-cache", "cf-cache-status"];

/**
 * The Date header, unless a cache kept the answer: then it tells the time of another answer. An `Age` of 0 is what
 * caches add that let an answer pass.
 */
export function answerDate(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const { age = "0", date } = headers;
  const isKept = CACHE_HEADERS.some((name) => /\b(?:hit|stale|updating)\b/i.test(headers[name] ?? ""));
  return isKept || !/^\s*0+\s*$/.test(age) ? undefined : date;
}

/** A Date header is cut to the second, and clocks rarely agree more closely. */
const TOLERANCE_MS = 5_000;

/**
 * Clocks of servers are not that far off. A header that says so was written by something else on the way, or the local
 * clock is wrong: nobody can tell, and a grace measured by the wrong one would be over at once, or last for years.
 */
const LONGEST_DISAGREEMENT_MS = 3_600_000;

export interface ServerClock {
  /**
   * Epoch milliseconds by LaunchDarkly's clock; by the local one while they agree, or are too far apart to believe
   * LaunchDarkly's.
   */
  now(): number;
  /**
   * Takes note of an answer's Date header, which was written at some time between sending and receiving.
   *
   * @param dateHeader undefined if there is none, or if it may be that of another answer
   * @param sentAt epoch milliseconds of the local clock
   */
  observe(dateHeader: string | undefined, sentAt: number): void;
}

/**
 * @param localClock epoch milliseconds
 * @param onDoubt told once when the clocks are too far apart: so many milliseconds is LaunchDarkly's ahead of ours
 */
export function createServerClock(localClock: () => number, onDoubt?: (aheadMs: number) => void): ServerClock {
  let offset = 0;
  let isDoubtTold = false;
  return {
    now: () => localClock() + offset,
    observe(dateHeader, sentAt) {
      const date = Date.parse(dateHeader ?? "");
      if (Number.isNaN(date) || date < 0 || date > LAST_INSTANT) return;
      const ahead = disagreement(date, sentAt, localClock());
      const isBelieved = Math.abs(ahead) <= LONGEST_DISAGREEMENT_MS;
      offset = isBelieved ? ahead : 0;
      if (isBelieved || isDoubtTold) return;
      isDoubtTold = true;
      onDoubt?.(ahead);
    },
  };
}

/** How far a date is outside of the time in which it was written; 0 if it is not. */
function disagreement(date: number, sentAt: number, receivedAt: number): number {
  if (date < sentAt - TOLERANCE_MS) return date - sentAt;
  return date > receivedAt + TOLERANCE_MS ? date - receivedAt : 0;
}
