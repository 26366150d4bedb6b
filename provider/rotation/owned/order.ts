/** What the work on an owned token begins with. */
import type { OwnedInputs } from "../../model/ownedInputs";
import { savedOwned } from "../../model/ownedOutputs";
import type { OwnedState } from "../../model/ownedToken";
import { unforeseen } from "../unforeseen";
import { describeBrokenOff } from "../../messages/owned/outcome";
import { PartialFailure } from "../partialFailure";

export interface Order {
  readonly inputs: OwnedInputs;
  /** The state of the last run, or what this run has made of it so far. */
  readonly state: OwnedState;
  /** The serialized provider, which a saved state must hold. */
  readonly provider: unknown;
}

/** A failure after which Pulumi keeps the state as it is by now. */
export function failureOf({ provider }: Pick<Order, "provider">, state: OwnedState, message: string): PartialFailure {
  return new PartialFailure(savedOwned(state), provider, message);
}

/** What a failure comes to once a token was made: its key is kept, whatever it was. */
export function keepingKey(order: Pick<Order, "provider">, state: OwnedState, error: unknown): PartialFailure {
  if (error instanceof PartialFailure) return error;
  return failureOf(order, state, describeBrokenOff(state, unforeseen(error)));
}
