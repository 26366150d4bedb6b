/** What a stack knows of its credential's key. The only place that reads the state's flags. */
import type { State } from "../model/state";

export type KeyStatus = {
  /** Whether LaunchDarkly has to be looked at before anything is decided: a reset is in doubt, or may have come late. */
  readonly mustLook: boolean;
} & (
  | /** A reset was carried out, its answer was lost: nobody holds the current key. */
    { readonly kind: "lost" }
    /** The stack has never held a key. */
  | { readonly kind: "never held" }
  /** The current key is another one than the stack's; perhaps by a late reset of its own. */
  | { readonly kind: "foreign"; readonly mayBeOurs: boolean }
  /** Nobody knows whether the last reset was carried out. */
  | { readonly kind: "in doubt" }
  /** The stack holds the current key, which has still to be verified. */
  | { readonly kind: "unverified" }
  /** The stack holds the current key, unless a reset that was given up has been carried out since. */
  | { readonly kind: "perhaps late" }
  /** The stack holds the current key. */
  | { readonly kind: "held" }
);

type KeyState = Pick<
  State,
  "key" | "lastFour" | "keyRefused" | "lostReset" | "lateResetPossible" | "verificationPending"
>;

export function keyStatus(state: KeyState): KeyStatus {
  const { key, lastFour, keyRefused, lostReset, lateResetPossible, verificationPending } = state;
  const isInDoubt = lostReset !== null && !lostReset.processed;
  const mustLook = isInDoubt || lateResetPossible;
  if (lostReset?.processed) return { kind: "lost", mustLook };
  if (key === null) return { kind: "never held", mustLook };
  const isOther = lastFour !== null && !key.endsWith(lastFour);
  if (lastFour !== null && (keyRefused || isOther)) return { kind: "foreign", mayBeOurs: lateResetPossible, mustLook };
  if (isInDoubt) return { kind: "in doubt", mustLook };
  if (verificationPending) return { kind: "unverified", mustLook };
  return { kind: lateResetPossible ? "perhaps late" : "held", mustLook };
}
