/**
 * Notices when Pulumi calls again for what this run has done already. A resource hook `onError` that asks for a retry
 * makes the engine repeat a failed call up to 100 times: an update with the same old outputs, or with those that the
 * failure has saved; a create as it was, or as an update of what the failure has saved. Without this, each repetition
 * would reset the key once more. Source: pulumi, pkg/resource/deploy/step.go.
 */
import { isDeepStrictEqual } from "node:util";

import type { Session } from "../run/session";
import { PartialFailure } from "./partialFailure";

/**
 * @param name what tells the credential from all others of the run
 * @param given the state that Pulumi hands in, of the last run or saved by a failed call; undefined for a new resource
 * @param work goes on from a state; from what this run has left, if the call is repeated
 */
export async function goingOn<State extends object>(
  { progress: { unfinished } }: Pick<Session, "progress">,
  name: string,
  given: State | undefined,
  work: (from: State | undefined, isRepeat: boolean) => Promise<State>,
): Promise<State> {
  const remembered = unfinished.get(name);
  const isRepeat =
    remembered !== undefined && [remembered.given, remembered.left].some((known) => isDeepStrictEqual(known, given));
  try {
    const state = await work(isRepeat ? (remembered.left as State) : given, isRepeat);
    unfinished.delete(name);
    return state;
  } catch (error) {
    if (error instanceof PartialFailure) unfinished.set(name, { given, left: error.state });
    throw error;
  }
}
