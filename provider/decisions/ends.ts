/**
 * When a key ends: by the grace that the program gives it, or because somebody else has given its record an end. And by which
 * clock: an instant that was noted by a wrong one is not believed.
 */
import type { OldKeyExpiry } from "../model/duration";
import type { ForeignEnd } from "../model/state";

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

const DAY_MS = 24 * 60 * 60_000;

/** A stack that runs once a week, and a little late, still runs before such an end comes. */
const NEAR_MS = 8 * DAY_MS;

/**
 * Whether the key must be rotated before an end comes. It is near 8 days before, so that a stack that runs once a week is in
 * time; or as long before as the grace is, because the key's users need that long, but not in the first half of its life.
 *
 * Where an account ends all records soon, the next one ends soon, too. So a key is left alone for its first day, or for the
 * first half of its life if that is shorter: otherwise each run would rotate.
 *
 * @param end epoch milliseconds
 * @param lastRotatedAt an ISO 8601 instant; null if nobody knows how old the key is
 * @param now epoch milliseconds
 */
export function isNear(
  end: number,
  lastRotatedAt: string | null,
  oldKeyExpiry: OldKeyExpiry | undefined,
  now: number,
): boolean {
  const grace = oldKeyExpiry?.kind === "duration" ? oldKeyExpiry.milliseconds : 0;
  const made = Date.parse(lastRotatedAt ?? "");
  const isKnown = Number.isFinite(made) && !isFromTheFuture(made, now);
  const halfLife = isKnown ? (end - made) / 2 : Infinity;
  const isFresh = isKnown && now - made < Math.min(DAY_MS, halfLife);
  return !isFresh && end - now <= Math.max(NEAR_MS, Math.min(grace, halfLife));
}

/**
 * What a state keeps of the end after a look at the record, or after a reset of its key.
 *
 * @param shown the end that LaunchDarkly shows, in epoch milliseconds; null for none, undefined if it says nothing of ends
 * @param isReset whether the key was reset since the state was
 */
export function foreignEndAfter(
  before: ForeignEnd | null,
  shown: number | null | undefined,
  isReset: boolean,
): ForeignEnd | null {
  if (shown === undefined) return before;
  if (shown === null) return null;
  const isSame = before?.at === shown;
  return { at: shown, outlastsReset: isSame && (isReset || before.outlastsReset) };
}

/** Clocks of the machines that run a stack may differ, and LaunchDarkly's is believed within an hour. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Whether an instant that a run has noted lies so far ahead that its clock, or this one, must be wrong. */
export function isFromTheFuture(instant: number, now: number): boolean {
  return instant > now + TOLERANCE_MS;
}
