/** Reads what Pulumi hands in for an owned token: its state, and the inputs of the program. */
import { rotatingAccessTokenInputNames, rotatingAccessTokenInputs } from "../../credentials/rotatingAccessToken/inputs";
import { readOwned, savedOwned } from "../../model/ownedOutputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Properties } from "../../model/properties";
import { unreadable } from "../state";

export const reading = {
  className: "RotatingAccessToken",
  inputs: rotatingAccessTokenInputs,
  inputNames: rotatingAccessTokenInputNames,
};

/**
 * @param olds the outputs of the last run, also those of an older release
 * @throws {UserError} if they are no state of this resource
 */
export function readOwnedState(olds: Properties): OwnedState {
  const state = readOwned(olds);
  if (!("problems" in state)) return state;
  throw unreadable(reading.className, state.problems, "create another token");
}

/** How a call keeps what it has done, if it fails. */
export const keeping = {
  saved: savedOwned,
  hasKey: ({ token }: OwnedState) => token !== null,
};
