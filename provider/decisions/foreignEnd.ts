/** The end that somebody else has set for a record: whether it is near, and what a reset has made of it. */
import type { OldKeyExpiry } from "../model/duration";
import type { ForeignEnd } from "../model/state";
import { isFromTheFuture } from "./wrongClocks";

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
