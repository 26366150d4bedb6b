/** Decides what has to become of the records that the current one has replaced. */
import type { OldKeyExpiry } from "../../model/duration";
import type { OwnedState, Previous } from "../../model/ownedState";
import { expiryProblem, graceStart, isFromTheFuture } from "../ends";

export type Retirement =
  /** Its expiry has to be set, in epoch milliseconds. */
  | { readonly kind: "expire"; readonly record: Previous; readonly at: number }
  /** It has to end now, if `at` has passed by LaunchDarkly's clock, too; undefined: by no clock, but at once. */
  | { readonly kind: "end"; readonly record: Previous; readonly at: number | undefined };

/**
 * When a record has to end, in epoch milliseconds: a grace counts from the moment when its successor was handed on.
 * Undefined while that is not known. Where that moment is an estimate, a shorter grace counts from now.
 *
 * @param begin when a grace begins that counts from now
 */
function wantedEnd(
  { retiredAt, isEstimate, end }: Previous,
  oldKeyExpiry: OldKeyExpiry,
  begin: number,
): number | undefined {
  if (retiredAt === null) return undefined;
  switch (oldKeyExpiry.kind) {
    case "unknown":
      return undefined;
    case "immediate":
      return retiredAt;
    case "duration": {
      const at = retiredAt + oldKeyExpiry.milliseconds;
      const isShorter = isEstimate === true && end !== null && at < end;
      return isShorter ? Math.min(end, begin + oldKeyExpiry.milliseconds) : at;
    }
    case "instant":
      return oldKeyExpiry.epochMilliseconds;
  }
}

/** A record that gets an end by a grace which counts from now: from then on it is known when that has begun. */
function withBegin(record: Previous, oldKeyExpiry: OldKeyExpiry, at: number): Previous {
  if (record.isEstimate !== true || oldKeyExpiry.kind !== "duration") return record;
  const begun = at - oldKeyExpiry.milliseconds;
  return begun === record.retiredAt ? record : { ...record, retiredAt: begun, isEstimate: false };
}

/**
 * What is still to be done, because LaunchDarkly has not confirmed it yet, or because the program asks for another end.
 *
 * @param now epoch milliseconds of LaunchDarkly's clock
 * @param localNow the same of ours: a record that ends must have reached its end by both
 */
export function retirementsDue(
  { previous }: Pick<OwnedState, "previous">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
  localNow = now,
): Retirement[] {
  const earlier = Math.min(now, localNow);
  const begin = graceStart(oldKeyExpiry, now, localNow);
  return previous.flatMap((record): Retirement[] => {
    const at = wantedEnd(record, oldKeyExpiry, begin);
    if (at === undefined) return [];
    if (at === record.end) return record.byDeletion && at <= earlier ? [{ kind: "end", record, at }] : [];
    // LaunchDarkly has made another end of it, and would again.
    if (at === record.asked && at > earlier) return [];
    if (hasEnded(record, earlier)) return [];
    if (oldKeyExpiry.kind === "immediate") return [{ kind: "end", record, at: undefined }];
    return [{ kind: at <= earlier ? "end" : "expire", record: withBegin(record, oldKeyExpiry, at), at }];
  });
}

/** What an end is at least ahead by when it is asked for: it must be one to come when LaunchDarkly reads it. */
const LEAST_AHEAD_MS = 60_000;

/**
 * The expiry to ask for, so that a record ends when its end has passed by both clocks. LaunchDarkly refuses one that has
 * passed by its own: then it is what that will show when ours has come to the end.
 *
 * @param at the end, in epoch milliseconds, which is to come by one of the clocks
 * @param now epoch milliseconds of LaunchDarkly's clock
 * @param localNow the same of ours
 */
export function expiryToAsk(at: number, now: number, localNow: number): number {
  return at > now ? at : Math.max(at - localNow, LEAST_AHEAD_MS) + now;
}

/** Whether LaunchDarkly has ended a record by itself. */
export function hasEnded({ end, byDeletion }: Previous, now: number): boolean {
  return end !== null && end <= now && !byDeletion;
}

/** Records that work for longer than they should: their grace began by a clock that was wrong, or is wrong now. */
export function endingLate(
  { previous }: Pick<OwnedState, "previous">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
): readonly Previous[] {
  if (oldKeyExpiry.kind !== "duration") return [];
  return previous.filter(
    ({ retiredAt, isEstimate }) => retiredAt !== null && isEstimate !== true && isFromTheFuture(retiredAt, now),
  );
}

/** Why the program's end for the previous records is refused: a new instant that has already passed. */
export function retirementProblem(
  state: Pick<OwnedState, "previous">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
): string | undefined {
  const isEdited = retirementsDue(state, oldKeyExpiry, now).some(
    ({ kind, record }) => kind === "end" && ![record.end, record.asked].includes(wantedEnd(record, oldKeyExpiry, now)),
  );
  return isEdited ? expiryProblem(oldKeyExpiry, now) : undefined;
}
