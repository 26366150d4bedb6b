/** The state of an access token, told in the outputs that a stack keeps of it. */
import { accessToken } from "../../provider/credentials/accessToken/credential";
import type { ResetCredential } from "../../provider/model/credential";
import type { State } from "../../provider/model/state";
import { readOutputs } from "../../provider/model/outputs";
import type { Properties } from "./providerProcess";

/** @throws {Error} if these are no outputs of the resource */
export function storedState(outputs: Properties, credential: ResetCredential = accessToken): State {
  const state = readOutputs(credential, outputs);
  if ("problems" in state) throw new Error(state.problems.join(", "));
  return state;
}
