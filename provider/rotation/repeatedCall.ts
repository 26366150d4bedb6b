/**
 * Notices when Pulumi calls again for what this run has done already. A resource hook `onError` that asks for a retry
 * makes the engine repeat a failed call up to 100 times: an update with the same old outputs, or with those that the
 * failure has saved; a create as it was, or as an update of what the failure has saved. Without this, each
 * repetition would reset the key once more. Source: pulumi, pkg/resource/deploy/step.go.
 *
 * The engine keeps what the last call of a row has left, and nothing of the ones before it; and after the 100th failure
 * not even that. So once something is saved, every failure has it; and before the engine gives up, the call succeeds
 * with what is saved. What is left to do stands in the state, and the next run does it.
 */
import { isDeepStrictEqual } from "node:util";

import { describeLeft } from "../messages/rotationOutcome";
import type { Unfinished } from "../run/progress";
import type { Session } from "../run/session";
import type { Strategy } from "./strategy";
import { type Asked, type Kept, SavedFailure } from "./work";

/** Half of what the engine grants: it may count calls that never came to be counted here. */
export const MOST_FAILURES = 50;

/** A call of Pulumi's that may come again. */
export interface RepeatableCall<State> {
  /** What tells the credential from all others of the run. */
  readonly name: string;
  /** The state that Pulumi hands in, of the last run or saved by a failed call; undefined for a new resource. */
  readonly given: State | undefined;
  /** Goes on from a state; from what this run has left, if the call is repeated. */
  work(from: State | undefined, isRepeat: boolean): Promise<State>;
}

export async function resumeRepeatedCall<State extends Kept>(
  { saved }: Pick<Strategy<State, Asked, unknown>, "saved">,
  { progress: { unfinished }, host }: Pick<Session, "progress" | "host">,
  { name, given, work }: RepeatableCall<State>,
): Promise<State> {
  const before = rememberedOf(unfinished.get(name), given, saved);
  const left = before?.left as State | undefined;
  try {
    const state = await work(left ?? given, left !== undefined);
    unfinished.delete(name);
    return state;
  } catch (error) {
    const now = error instanceof SavedFailure ? (error.saved.state as State) : left;
    const failures = (before?.failures ?? 0) + 1;
    unfinished.set(name, { given, left: now, failures });
    if (now === undefined) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (failures < MOST_FAILURES) {
      throw error instanceof SavedFailure ? error : new SavedFailure(saved(now), message);
    }
    unfinished.delete(name);
    await host.log("warning", describeLeft(failures, message, now.key !== null));
    return now;
  }
}

/** What this run remembers of the same work; undefined if it has none. */
function rememberedOf<State>(
  remembered: Unfinished | undefined,
  given: State | undefined,
  saved: Strategy<Kept & State, Asked, unknown>["saved"],
): Unfinished | undefined {
  if (remembered === undefined) return undefined;
  // As Pulumi keeps them: what a call has left does not come back with all the words that it was left in.
  const kept = (state: unknown): unknown =>
    state === undefined ? undefined : JSON.parse(JSON.stringify(saved(state as Kept & State).outputs));
  const now = kept(given);
  return [remembered.given, remembered.left].some((known) => isDeepStrictEqual(kept(known), now))
    ? remembered
    : undefined;
}
