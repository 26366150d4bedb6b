/** What a run says of a rotation: that it came about, or what became of it instead and what to do. */
import { keyStatus } from "../decisions/keyStatus";
import type { ResetCredential, Wording } from "../model/credential";
import type { State } from "../model/state";
import { sentence } from "./words";

/** @param now epoch milliseconds */
export function describeReset({ lastFour, oldKeyExpiresAt, lastRotationReason }: State, now: number): string {
  const lives = Date.parse(oldKeyExpiresAt ?? "") > now;
  const end = lives ? `works until ${String(oldKeyExpiresAt)}` : "is dead";
  return `Reset: ${String(lastRotationReason)}. The new key ends in ${String(lastFour)}. The old key ${end}.`;
}

export function describeTakeOver({ lastFour }: State): string {
  return `Taken over: the key ending in ${String(lastFour)}, without a reset.`;
}

/** Nothing changed, unless an attempt that was taken for not processed is carried out yet. */
export function describeFailure({ it }: Wording, { key }: State, why: string, lateResetPossible: boolean): string {
  const verdict = `Not reset: ${why}`;
  if (!lateResetPossible) return verdict;
  const next = key === null ? `it resets ${it}.` : `it looks, and resets ${it} once more if it must.`;
  return `${verdict} But an earlier attempt may be late. Run pulumi up again: ${next}`;
}

/**
 * Carried out, and the new key is gone with the answer.
 *
 * @param isHeld whether people hold the key that this reset replaced
 * @param until when that key dies, in epoch milliseconds; undefined if it is dead
 * @param error why another reset failed, if one was tried
 */
export function describeLostReset(
  { it }: Wording,
  { isHeld, until, error }: { readonly isHeld: boolean; readonly until?: number; readonly error?: Error },
): string {
  const withoutGrace = isHeld ? "The old key is dead" : "The key that its users hold may be dead";
  const consequence = until === undefined ? withoutGrace : `The old key works until ${new Date(until).toISOString()}`;
  const further = error === undefined ? "" : ` Another reset failed: ${error.message}`;
  return `Reset, but the new key is lost: LaunchDarkly's answer was lost. ${consequence}.${further} Run pulumi up again: it resets ${it} once more and gets a new key.`;
}

/**
 * Nobody knows whether it was carried out.
 *
 * @param expiry when the old key dies if it was, in epoch milliseconds; undefined if it is dead then
 */
export function describeDoubt(
  { it }: Wording,
  { isHeld, expiry, error }: { readonly isHeld: boolean; readonly expiry: number | undefined; readonly error: Error },
): string {
  const verdict = `May have been reset: LaunchDarkly's answer was lost, and ${it} could not be read afterwards (${error.message})`;
  if (!isHeld) {
    return `${verdict} Nobody holds the current key. Run pulumi up again: it resets ${it} once more and gets a new key.`;
  }
  const consequence = expiry === undefined ? "is dead" : `works until ${new Date(expiry).toISOString()}`;
  return `${verdict} If it was reset, the old key ${consequence}. Run pulumi up again: it looks, and resets ${it} once more only if it must.`;
}

/** The key is in the state, but is not verified. */
export function describeUnverified({ lastFour }: State, what: string): string {
  return `Reset, but not verified: the new key (ending in ${String(lastFour)}) is saved, but ${what}`;
}

export function notVerified(reason: string): string {
  return `it did not pass. ${sentence(reason)} Run pulumi up again: it verifies the key again, and resets nothing.`;
}

/** Something unforeseen happened once it was reset. */
export function describeBrokenReset({ lastFour }: State, why: string): string {
  return `Reset, but the run broke off: the new key (ending in ${String(lastFour)}) is saved. ${sentence(why)}. Run pulumi up again: it goes on with this key.`;
}

/** The answer to the reset held a key that is not the token's. @param reason a part of a sentence */
export function anothers({ it }: Wording, reason: string): string {
  return `${reason}. Run pulumi up again: it resets ${it} anew.`;
}

export function superseded({ it }: Wording, lastFour: string | null): string {
  return `${it} has been reset once more since (key ending in ${String(lastFour)}), by somebody else or by a late request. Run pulumi up again: it resets ${it} anew.`;
}

/** While the same run goes on with another reset. */
export function describeAnotherReset(isHeld: boolean): string {
  return `Reset again at once: LaunchDarkly's answer with the new key was lost. ${isHeld ? "The old key is dead." : "Nobody holds the key before it."}`;
}

/** In a preview; undefined if nothing is left to do. */
export function unfinishedWork({ wording: { it }, isReadable }: ResetCredential, state: State): string | undefined {
  const stands = keyStatus(state);
  const heal = isReadable ? "takes its key over" : `resets ${it} again`;
  switch (stands.kind) {
    case "in doubt":
      return `Will look: the answer to the last reset was lost. If the reset was carried out, this run ${heal}.`;
    case "unverified":
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
 * @param verify whether the program wants a key to be verified
 */
export function finishedWork(before: State, after: State, verify: boolean): string | undefined {
  switch (keyStatus(before).kind) {
    case "in doubt":
    case "perhaps late":
      return after.key === before.key
        ? "Not carried out: the last reset changed nothing, and the key is the current one."
        : `Taken over: the last reset was carried out, and its key ends in ${String(after.lastFour)}.`;
    case "unverified":
      return verify
        ? `Verified: the new key of the last reset (ending in ${String(after.lastFour)}) works.`
        : undefined;
    default:
      return undefined;
  }
}
