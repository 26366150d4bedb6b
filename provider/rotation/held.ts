/** Which keys resources have taken over, so that a key is not called dropped that another resource has. */
import type { Progress } from "../run/progress";
import type { Asked, Kept, Strategy } from "./strategy";

type Naming<State extends Kept> = Pick<Strategy<State, Asked, unknown>, "provableAs" | "nameOfOutputs" | "saved">;

/** A resource of the run has this state: it has taken the key over, or owns the credential. */
export function noteHeld<State extends Kept>(strategy: Naming<State>, { held }: Pick<Progress, "held">, state: State) {
  if (state.key !== null) held.set(credentialOf(strategy, state), state.key);
}

/** Whether a resource of the run has the key of this state, which goes. */
export function isHeld<State extends Kept>(strategy: Naming<State>, { held }: Pick<Progress, "held">, state: State) {
  return state.key !== null && held.get(credentialOf(strategy, state)) === state.key;
}

/** What tells a credential from others: an access token may be rotated by resources of two classes. */
function credentialOf<State extends Kept>(strategy: Naming<State>, state: State): string {
  return strategy.provableAs(undefined, state) ?? strategy.nameOfOutputs(strategy.saved(state).outputs);
}
