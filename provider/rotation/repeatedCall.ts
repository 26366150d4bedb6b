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

import { LaunchDarklyError } from "../client/errors";
import { describeLeft } from "../messages/rotationOutcome";
import { UserError } from "../messages/words";
import type { Unfinished } from "../run/progress";
import type { Session } from "../run/session";
import type { Asked, Kept, Strategy } from "./strategy";

/** A state, with what Pulumi keeps of it. */
export interface Saved {
  /** The resource's id. */
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly state: unknown;
}

/** Thrown once LaunchDarkly may have changed the key. Pulumi saves the state, and the next run finishes the work. */
export class SavedFailure extends UserError {
  /** Private, because it holds the key: a crash dump, or a log of the error, prints every property of its own. */
  readonly #saved: Saved;

  constructor(saved: Saved, message: string) {
    super(message);
    this.#saved = saved;
  }

  get saved(): Saved {
    return this.#saved;
  }
}

/**
 * @param work changes nothing at LaunchDarkly
 * @param undone what did not come about
 * @throws {UserError} in place of what LaunchDarkly answered
 */
export async function asNoChangeError<Result>(
  work: () => Promise<Result>,
  undone: "Not reset" | "Not taken over" | "Not rotated" | "Not created",
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(`${undone}: ${error.message}`);
  }
}

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
