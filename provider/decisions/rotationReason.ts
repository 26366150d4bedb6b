/** Decides whether a rotation is due, and why. */
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { ageReason } from "./keyAge";
import { standing } from "./standing";
import { describeChange, triggerChanges } from "./triggerChanges";

/** The reason of the reset that comes with a new resource. */
export const FIRST_ROTATION = "first rotation by this stack";

export interface Situation {
  /** What the last run left. */
  readonly state: State;
  /** What the program asks for now. */
  readonly inputs: Pick<Inputs, "triggers" | "rotateAfter">;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Says in words why the key must be reset now, or nothing. */
type Reason = (situation: Situation) => string | undefined;

/** Every reason to rotate, in the order in which they are told. */
const reasons: readonly Reason[] = [
  // Nobody holds the current key, because LaunchDarkly's answer was lost.
  ({ state }) =>
    standing(state).kind === "lost"
      ? "the answer to the last reset was lost, so nobody holds the current key"
      : undefined,
  // The stack has never held a key.
  ({ state }) => (standing(state).kind === "never held" ? FIRST_ROTATION : undefined),
  // The stack's key is not the current one any more.
  ({ state }) => foreignReason(state),
  // The program asks for it.
  ({ state, inputs, now }) => askedReason(state, inputs, now),
];

/**
 * Why the key must be reset now, in words for the preview and the audit trail; undefined if it need not be.
 *
 * Looks at outputs only: after a failed update Pulumi keeps the old inputs beside the new outputs.
 */
export function rotationReason(
  state: State,
  inputs: Pick<Inputs, "triggers" | "rotateAfter">,
  now: number,
): string | undefined {
  return together(reasons.map((reason) => reason({ state, inputs, now })));
}

/** Why the program asks for a rotation, whatever became of the key: its triggers, or its limit of the key's age. */
export function askedReason(
  state: Pick<State, "triggers" | "lastRotatedAt" | "adoptedAt" | "baselinePending">,
  inputs: Pick<Inputs, "triggers" | "rotateAfter">,
  now: number,
): string | undefined {
  const changed = state.baselinePending ? [] : triggerChanges(state.triggers, inputs.triggers);
  const changes = changed.map(describeChange);
  return together([changes.join(", ") || undefined, ageReason(state, inputs.rotateAfter, now)]);
}

/** Several reasons as one; undefined if there is none. */
export function together(found: readonly (string | undefined)[]): string | undefined {
  return found.filter((reason) => reason !== undefined).join("; ") || undefined;
}

function foreignReason(state: State): string | undefined {
  const stands = standing(state);
  if (stands.kind !== "foreign") return undefined;
  return `rotated ${foreignOrigin(stands)} (key ending in ${String(state.lastFour)})`;
}

/** Where a key comes from that is not the stack's. */
export function foreignOrigin({ mayBeOurs }: { readonly mayBeOurs: boolean }): string {
  return mayBeOurs ? "outside Pulumi, or by a request of the stack that came late" : "outside Pulumi";
}
