/** Turns the input `oldKeyExpiry` into the expiry that a reset asks for. */
import type { OldKeyExpiry } from "../model/oldKeyExpiry";

/**
 * @param oldKeyExpiry undefined: LaunchDarkly's default, immediately
 * @param now epoch milliseconds
 * @returns epoch milliseconds; undefined for immediately
 */
export function resetExpiry(oldKeyExpiry: OldKeyExpiry | undefined, now: number): number | undefined {
  switch (oldKeyExpiry?.kind) {
    case undefined:
    case "immediate":
    case "unknown":
      return undefined;
    case "duration":
      return now + oldKeyExpiry.milliseconds;
    case "instant":
      return oldKeyExpiry.epochMilliseconds;
  }
}

/**
 * Why the old key's expiry can't be used for a reset now; undefined if it can.
 *
 * Asked only when a rotation is due: an instant that has passed is no mistake until then.
 *
 * @param now epoch milliseconds
 */
export function expiryProblem(oldKeyExpiry: OldKeyExpiry | undefined, now: number): string | undefined {
  if (oldKeyExpiry?.kind !== "instant" || oldKeyExpiry.epochMilliseconds > now) return undefined;
  const passed = new Date(oldKeyExpiry.epochMilliseconds).toISOString();
  return `is ${passed}, which has passed (it is ${new Date(now).toISOString()} now); give a later instant, a duration such as "24h", or "immediate"`;
}
