/** Turns the input `oldKeyExpiry` into the end of an old key. */
import type { OldKeyExpiry } from "../model/duration";

/**
 * When a grace begins, in epoch milliseconds.
 *
 * LaunchDarkly ends the old key by its own clock, so a grace is measured from that. It is known only from what answers
 * say, which is believed within an hour: if it is wrong, the local clock is the right one. So the grace must make sense
 * by both. Where LaunchDarkly's clock is behind by as much as the grace is long, the grace would be over before it began
 * by ours, and whoever uses the old key would be cut off at once; then it is measured by our clock.
 *
 * Thus a grace is exactly as long as asked by one of the clocks: never longer by both, and over by neither when it
 * begins. In doubt it is the longer one, by an hour at the most: a key that lives longer than meant breaks nothing.
 *
 * @param now epoch milliseconds of LaunchDarkly's clock
 * @param localNow the same of ours
 */
export function graceStart(oldKeyExpiry: OldKeyExpiry, now: number, localNow: number): number {
  const isOver = oldKeyExpiry.kind === "duration" && now + oldKeyExpiry.milliseconds <= localNow;
  return isOver ? localNow : now;
}

/**
 * The expiry that a reset asks for.
 *
 * @param oldKeyExpiry undefined: LaunchDarkly's default, immediately
 * @param now epoch milliseconds of LaunchDarkly's clock
 * @param localNow the same of ours
 * @returns epoch milliseconds; undefined for immediately
 */
export function resetExpiry(oldKeyExpiry: OldKeyExpiry | undefined, now: number, localNow = now): number | undefined {
  switch (oldKeyExpiry?.kind) {
    case undefined:
    case "immediate":
    case "unknown":
      return undefined;
    case "duration":
      return graceStart(oldKeyExpiry, now, localNow) + oldKeyExpiry.milliseconds;
    case "instant":
      return oldKeyExpiry.epochMilliseconds;
  }
}

/**
 * Why the old key's expiry can't be used for a reset now; undefined if it can.
 *
 * Asked only when a rotation is due: an instant that has passed is no mistake until then.
 *
 * @param now epoch milliseconds, by the later one of the clocks: an instant must be ahead by both
 */
export function expiryProblem(oldKeyExpiry: OldKeyExpiry | undefined, now: number): string | undefined {
  if (oldKeyExpiry?.kind !== "instant" || oldKeyExpiry.epochMilliseconds > now) return undefined;
  const passed = new Date(oldKeyExpiry.epochMilliseconds).toISOString();
  return `is ${passed}, which has passed (it is ${new Date(now).toISOString()} now); give a later instant, a duration such as "24h", or "immediate"`;
}
