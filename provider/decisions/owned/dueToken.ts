/** Decides whether a stack that owns its access token needs another one, and why. */
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { askedReason, together } from "../rotationReason";

/** The reason of the token that comes with a new resource. */
export const FIRST_TOKEN = "first token of this stack";

/**
 * Why another token must be made now, in words for the preview and the audit trail; undefined if none is needed.
 *
 * @param now epoch milliseconds
 */
export function dueToken(
  state: OwnedState,
  inputs: Pick<OwnedInputs, "triggers" | "rotateAfter">,
  now: number,
): string | undefined {
  const { token, isGone, foreignExpiry } = state;
  if (token === null) return FIRST_TOKEN;
  const hasEnded = !isGone && foreignExpiry !== null && foreignExpiry <= now;
  return together([
    isGone ? "the token was deleted outside Pulumi" : undefined,
    hasEnded ? `the token expired at ${new Date(foreignExpiry).toISOString()}` : undefined,
    askedReason(state, inputs, now),
  ]);
}
