/** Decides whether a rotation is due, and why. */
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { ageReason } from "./keyAge";
import { describeChange, triggerChanges } from "./triggerChanges";

/** The reason of the reset that comes with a new resource. */
export const FIRST_ROTATION = "first rotation by this stack";

/**
 * Why the key must be reset now, in words for the preview and the audit trail; undefined if it need not be.
 *
 * Looks at outputs only: after a failed update Pulumi keeps the old inputs beside the new outputs.
 *
 * @param state what the last run left
 * @param inputs what the program asks for now
 * @param now epoch milliseconds
 */
export function rotationReason(
  state: State,
  inputs: Pick<Inputs, "triggers" | "rotateAfter">,
  now: number,
): string | undefined {
  const triggers = triggerChanges(state.triggers, inputs.triggers).map(describeChange).join(", ") || undefined;
  const reasons = [keyReason(state), triggers, ageReason(state, inputs.rotateAfter, now)];
  return reasons.filter((reason) => reason !== undefined).join("; ") || undefined;
}

/** Why the stack's key is not the one that is current at LaunchDarkly; undefined if it is. */
function keyReason(state: State): string | undefined {
  const { token, tokenLastFour, lostReset } = state;
  if (lostReset?.processed) return "the answer to the last reset was lost, so nobody holds the current key";
  if (token === null) return FIRST_ROTATION;
  if (!isForeign(state)) return undefined;
  return `rotated ${foreignOrigin(state)} (key ending in ${String(tokenLastFour)})`;
}

/** Where a key comes from that is not the stack's. */
export function foreignOrigin({ lateResetPossible }: State): string {
  return lateResetPossible ? "outside Pulumi, or by a request of the stack that came late" : "outside Pulumi";
}

/** Whether somebody else has reset the token since the stack got its key. */
export function isForeign({ token, tokenLastFour, keyRefused }: State): boolean {
  if (token === null || tokenLastFour === null) return false;
  return keyRefused || !token.endsWith(tokenLastFour);
}
