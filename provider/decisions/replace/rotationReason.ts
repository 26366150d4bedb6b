/** Decides whether a stack that owns its credential needs another record of it, and why. */
import type { RecordWording } from "../../model/credential";
import type { OldKeyExpiry } from "../../model/duration";
import type { OwnedInputs } from "../../model/inputs";
import type { OwnedState } from "../../model/ownedState";
import { isNear } from "../ends";
import { askedReasons, type Reason } from "../rotationReason";

/** The reason of the record that comes with a new resource. */
export function firstReason({ short }: RecordWording): Reason {
  return { code: "first", text: `first ${short} of this stack` };
}

/**
 * Why another record must be made now; empty if none is needed.
 *
 * @param now epoch milliseconds
 */
export function ownedRotationReasons(
  wording: RecordWording,
  state: OwnedState,
  inputs: Pick<OwnedInputs, "triggers" | "rotateAfter" | "oldKeyExpiry">,
  now: number,
): readonly Reason[] {
  if (state.key === null) return [firstReason(wording)];
  return [
    state.isGone ? deleted(wording) : endReason(wording, state, inputs.oldKeyExpiry, now),
    newerRecord(wording, state),
    askedReasons(state, inputs, now),
  ].flat();
}

function deleted({ it }: RecordWording): Reason {
  return { code: "recordDeleted", text: `${it} was deleted outside Pulumi` };
}

function newerRecord({ short, secret }: RecordWording, { newer }: Pick<OwnedState, "newer">): readonly Reason[] {
  if (newer === null) return [];
  const text = `a newer ${short} of this resource is at LaunchDarkly, ${newer.id}, whose ${secret} is not in this state`;
  return [{ code: "newerRecord", text }];
}

/** Why an end of the current record that somebody else has set asks for another one. */
function endReason(
  { it }: RecordWording,
  { foreignExpiry: end, lastRotatedAt }: Pick<OwnedState, "foreignExpiry" | "lastRotatedAt">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
): readonly Reason[] {
  if (end === null || !isNear(end, lastRotatedAt, oldKeyExpiry, now)) return [];
  return [
    { code: "recordEnds", text: `${it} ${end <= now ? "expired" : "will expire"} at ${new Date(end).toISOString()}` },
  ];
}
