/** Decides whether a stack that owns its credential needs another record of it, and why. */
import type { RecordWording } from "../../model/credential";
import type { OldKeyExpiry } from "../../model/duration";
import type { OwnedInputs } from "../../model/inputs";
import type { OwnedState } from "../../model/ownedState";
import { askedReason, together } from "../rotationReason";

/** The reason of the record that comes with a new resource. */
export function firstReason({ short }: RecordWording): string {
  return `first ${short} of this stack`;
}

/**
 * Why another record must be made now, in words for the preview and the audit trail; undefined if none is needed.
 *
 * @param now epoch milliseconds
 */
export function ownedRotationReason(
  wording: RecordWording,
  state: OwnedState,
  inputs: Pick<OwnedInputs, "triggers" | "rotateAfter" | "oldKeyExpiry">,
  now: number,
): string | undefined {
  const { key, isGone, newer } = state;
  const { it, short, secret } = wording;
  if (key === null) return firstReason(wording);
  return together([
    isGone ? `${it} was deleted outside Pulumi` : endReason(wording, state, inputs.oldKeyExpiry, now),
    newer === null
      ? undefined
      : `a newer ${short} of this resource is at LaunchDarkly, ${newer.id}, whose ${secret} is not in this state`,
    askedReason(state, inputs, now),
  ]);
}

const DAY_MS = 24 * 60 * 60_000;

/** A stack that runs once a week, and a little late, still runs before such an end comes. */
const NEAR_MS = 8 * DAY_MS;

/**
 * Why an end of the current record that somebody else has set asks for another one. An end is near 8 days before it comes,
 * so that a stack that runs once a week is in time; or as long before as the grace is, because its users need that long.
 * Where an account ends all records soon, it is near in the second half of the record's life: otherwise each run would rotate.
 */
function endReason(
  { it }: RecordWording,
  { foreignExpiry: end, lastRotatedAt }: Pick<OwnedState, "foreignExpiry" | "lastRotatedAt">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
): string | undefined {
  if (end === null) return undefined;
  const grace = oldKeyExpiry.kind === "duration" ? oldKeyExpiry.milliseconds : 0;
  const made = Date.parse(lastRotatedAt ?? "");
  const halfLife = Number.isNaN(made) ? Infinity : (end - made) / 2;
  if (end - now > Math.min(Math.max(NEAR_MS, grace), halfLife)) return undefined;
  return `${it} ${end <= now ? "expired" : "will expire"} at ${new Date(end).toISOString()}`;
}
