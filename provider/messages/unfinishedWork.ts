/** What is said of work that the last run left undone, where no rotation is due. */
import { standing } from "../decisions/standing";
import type { ResetCredential } from "../model/credential";
import type { State } from "../model/state";
import { sentence } from "./sentence";

/** In a preview; undefined if nothing is left to do. */
export function unfinishedWork({ wording: { it }, isReadable }: ResetCredential, state: State): string | undefined {
  const stands = standing(state);
  const heal = isReadable ? "takes its key over" : `resets ${it} again`;
  switch (stands.kind) {
    case "in doubt":
      return `Will look: the answer to the last reset was lost. If the reset was carried out, this run ${heal}.`;
    case "unproven":
      return "Will verify: the new key of the last reset. Nothing is reset again.";
    case "perhaps late":
      return `Will look: an attempt of the last reset may be late. If it was carried out, this run ${heal}.`;
    default:
      return undefined;
  }
}

/**
 * When a call that Pulumi repeats has failed too often: the run goes on without what is left to do.
 *
 * @param why why the last call failed
 * @param hasKey whether the state has a key for those who depend on it
 */
export function describeLeft(failures: number, why: string, hasKey: boolean): string {
  const verdict = `Left undone: ${failures} attempts of this run have failed, and Pulumi forgets a resource whose calls go on failing. The state is saved as it is.`;
  const dependents = hasKey ? "" : " It has no key yet, so what depends on it gets none in this run.";
  return `${verdict}${dependents} The last attempt said: ${sentence(why)} The next pulumi up goes on from there.`;
}

/**
 * In a run that has done it, and has reset nothing; undefined if there was nothing to do.
 *
 * @param verify whether the program wants a key to be proved
 */
export function finishedWork(before: State, after: State, verify: boolean): string | undefined {
  switch (standing(before).kind) {
    case "in doubt":
    case "perhaps late":
      return after.key === before.key
        ? "Not carried out: the last reset changed nothing, and the key is the current one."
        : `Taken over: the last reset was carried out, and its key ends in ${String(after.lastFour)}.`;
    case "unproven":
      return verify
        ? `Verified: the new key of the last reset (ending in ${String(after.lastFour)}) works.`
        : undefined;
    default:
      return undefined;
  }
}
