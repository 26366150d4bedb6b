/** Reads the state that Pulumi kept. */
import { UserError } from "../messages/userError";
import type { Credential } from "../model/credential";
import type { Properties } from "../model/properties";
import type { State } from "../model/state";
import { readOutputs, savedState } from "../model/stateOutputs";

/**
 * @param olds the outputs of the last run, also those of an older release
 * @throws {UserError} if they are no state of this resource
 */
export function readState(credential: Credential, olds: Properties): State {
  const state = readOutputs(credential, olds);
  if (!("problems" in state)) return state;
  const { className, wording } = credential;
  throw unreadable(className, state.problems, `reset ${wording.it} anew`);
}

/** How a call keeps what it has done, if it fails. */
export function keeping(credential: Credential) {
  return {
    saved: (state: State) => savedState(credential, state),
    hasKey: ({ key }: State) => key !== null,
  };
}

/** @param anew what the next run does once the resource is removed from the state */
export function unreadable(className: string, problems: readonly string[], anew: string): UserError {
  const article = /^[AEIOU]/.test(className) ? "an" : "a";
  return new UserError(
    `The state of ${article} ${className} can't be read: ${problems.join(", ")} is not what any release has written. Restore the stack from an earlier state (pulumi stack export --version … on Pulumi Cloud, the folder .pulumi/history of other backends), or remove the resource from the state (pulumi state delete) and let pulumi up ${anew}.`,
  );
}
