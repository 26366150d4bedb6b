/**
 * Notices when Pulumi calls again for what this run has done already. A resource hook `onError` that asks for a retry
 * makes the engine repeat a failed update with the same old outputs, up to 100 times; engines before September 2026
 * repeat a failed create as well. Taken at its word, each would reset the key once more.
 */
import { isDeepStrictEqual } from "node:util";

import type { Identity, State } from "../model/state";
import { dueName } from "../run/progress";
import type { Call } from "./call";
import { PartialFailure } from "./partialFailure";

/**
 * @param given the state that Pulumi hands in; undefined for a new resource
 * @param work goes on from a state; from what this run has left, if the call is repeated
 */
export async function goingOn(
  { credential, session }: Call,
  identity: Identity,
  given: State | undefined,
  work: (from: State | undefined, isRepeat: boolean) => Promise<State>,
): Promise<State> {
  const { unfinished } = session.progress;
  const name = dueName(credential, identity);
  const remembered = unfinished.get(name);
  const isRepeat = remembered !== undefined && isDeepStrictEqual(remembered.given, given);
  try {
    const state = await work(isRepeat ? remembered.left : given, isRepeat);
    unfinished.delete(name);
    return state;
  } catch (error) {
    if (error instanceof PartialFailure) unfinished.set(name, { given, left: error.state });
    throw error;
  }
}
