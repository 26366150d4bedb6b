/**
 * Notices when Pulumi calls again for what this run has done already. A resource hook `onError` that asks for a retry
 * makes the engine repeat a failed update with the same old outputs, up to 100 times; engines before September 2026
 * repeat a failed create as well. Taken at its word, each would reset the key once more.
 */
import { isDeepStrictEqual } from "node:util";

import type { Session } from "../run/session";
import { PartialFailure } from "./partialFailure";

/**
 * @param name what tells the credential from all others of the run
 * @param given the state that Pulumi hands in; undefined for a new resource
 * @param work goes on from a state; from what this run has left, if the call is repeated
 */
export async function goingOn<State extends object>(
  { progress: { unfinished } }: Pick<Session, "progress">,
  name: string,
  given: State | undefined,
  work: (from: State | undefined, isRepeat: boolean) => Promise<State>,
): Promise<State> {
  const remembered = unfinished.get(name);
  const isRepeat = remembered !== undefined && isDeepStrictEqual(remembered.given, given);
  try {
    const state = await work(isRepeat ? (remembered.left as State) : given, isRepeat);
    unfinished.delete(name);
    return state;
  } catch (error) {
    if (error instanceof PartialFailure) unfinished.set(name, { given, left: error.state });
    throw error;
  }
}
