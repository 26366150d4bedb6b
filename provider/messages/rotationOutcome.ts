/** What a run says of a rotation: that it came about, or what became of it instead and what to do. */
import type { Wording } from "../model/credential";
import type { State } from "../model/state";
import { subject } from "./naming";

export function describeReset(wording: Wording, state: State): string {
  const { keyEnding, oldKeyExpiresAt } = state;
  return `${subject(wording, state)} was reset: the new key ends in ${String(keyEnding)}, the one before dies at ${String(oldKeyExpiresAt)}.`;
}

export function describeAdoption(wording: Wording, state: State): string {
  return `${subject(wording, state)} was taken over with its key (ending in ${String(state.keyEnding)}); it was not reset.`;
}

/** Nothing changed, unless an attempt that was taken for not processed is carried out yet. */
export function describeFailure(wording: Wording, state: State, why: string, lateResetPossible: boolean): string {
  const verdict = `${subject(wording, state)} was not reset: ${why}`;
  if (!lateResetPossible) return verdict;
  const next =
    state.key === null ? `it resets ${wording.it}.` : `it looks, and resets ${wording.it} once more if it must.`;
  return `${verdict} But an attempt before may yet be carried out. Run pulumi up again: ${next}`;
}

/**
 * Carried out, and the new key is gone with the answer.
 *
 * @param isHeld whether people hold the key that this reset replaced
 * @param until when that key dies, in epoch milliseconds; undefined if it is dead
 * @param error why another reset failed, if one was tried
 */
export function describeLostReset(
  wording: Wording,
  state: State,
  { isHeld, until, error }: { readonly isHeld: boolean; readonly until?: number; readonly error?: Error },
): string {
  const withoutGrace = isHeld ? "The old key is dead" : "The key that its users hold may be dead";
  const consequence = until === undefined ? withoutGrace : `The old key works until ${new Date(until).toISOString()}`;
  const further = error === undefined ? "" : ` Another reset failed: ${error.message}`;
  return `${subject(wording, state)} was reset, but LaunchDarkly's answer with the new key was lost. ${consequence}.${further} Run pulumi up again: it resets ${wording.it} once more and gets a new key.`;
}

/**
 * Nobody knows whether it was carried out.
 *
 * @param expiry when the old key dies if it was, in epoch milliseconds; undefined if it is dead then
 */
export function describeDoubt(
  wording: Wording,
  state: State,
  { isHeld, expiry, error }: { readonly isHeld: boolean; readonly expiry: number | undefined; readonly error: Error },
): string {
  const verdict = `LaunchDarkly's answer was lost, and ${wording.it} could not be read afterwards (${error.message})`;
  if (!isHeld) {
    return `${subject(wording, state)} has no key that anybody holds: this time, too, ${verdict} Run pulumi up again: it resets ${wording.it} once more and gets a new key.`;
  }
  const consequence = expiry === undefined ? "is dead" : `works until ${new Date(expiry).toISOString()}`;
  return `${subject(wording, state)} may have been reset: ${verdict} If it was reset, the old key ${consequence}. Run pulumi up again: it finds out, and resets ${wording.it} once more only if it must.`;
}

/** The key is in the state, but is not proven. */
export function describeUnproven(wording: Wording, state: State, what: string): string {
  return `${subject(wording, state)} was reset and its new key (ending in ${String(state.keyEnding)}) is saved, but ${what}`;
}

export function notVerified(reason: string): string {
  return `the key could not be verified: ${reason} Run pulumi up again: it verifies the key without another reset.`;
}

export function superseded({ it }: Wording, keyEnding: string | null): string {
  return `${it} has been reset once more since (key ending in ${String(keyEnding)}), by somebody else or by a request that was taken for lost. Run pulumi up again: it resets ${it} anew.`;
}

/** While the same run goes on with another reset. */
export function describeAnotherReset(wording: Wording, name: string, isHeld: boolean): string {
  return `${subject(wording, name)}: LaunchDarkly carried the reset out, but its answer with the new key was lost. ${isHeld ? "The old key is dead" : "Nobody holds the key before it"}, so ${wording.it} is reset again at once.`;
}
