/** Decides whether a key has become too old. */
import { formatAge } from "../model/duration";
import type { RotateAfter } from "../model/inputs";
import type { State } from "../model/state";

/**
 * Why the key's age asks for a rotation; undefined if it does not.
 *
 * The age counts from the last reset by the stack, or from a take-over since. How long a key that was taken over has
 * been in use before, LaunchDarkly does not say (its `lastModified` changes with a new name, too).
 *
 * @param now epoch milliseconds
 */
export function ageReason(
  { lastRotatedAt, adoptedAt }: Pick<State, "lastRotatedAt" | "adoptedAt">,
  rotateAfter: RotateAfter | undefined,
  now: number,
): string | undefined {
  const begun = [lastRotatedAt, adoptedAt].map((instant) => Date.parse(instant ?? "")).filter(Number.isFinite);
  const age = now - Math.max(...begun);
  // Infinite where the stack has never held a key.
  if (rotateAfter === undefined || !Number.isFinite(age) || age < rotateAfter.milliseconds) return undefined;
  return `${formatAge(age)} old, rotateAfter is ${rotateAfter.text}`;
}

/** Clocks of the machines that run a stack may differ, and LaunchDarkly's is believed within an hour. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Whether an instant that a run has noted lies so far ahead that its clock, or this one, must be wrong. */
export function isFromTheFuture(instant: number, now: number): boolean {
  return instant > now + TOLERANCE_MS;
}

/**
 * The instant from which a key's age would count, if it lies in the future: a run with a fast clock has written it, or
 * the clock is slow now. Nobody can tell which, so the age is not known, and asks for no rotation.
 *
 * @param now epoch milliseconds
 * @returns an ISO 8601 instant; undefined if the age is known, or does not count
 */
export function futureBeginning(
  { lastRotatedAt, adoptedAt }: Pick<State, "lastRotatedAt" | "adoptedAt">,
  rotateAfter: RotateAfter | undefined,
  now: number,
): string | undefined {
  if (rotateAfter === undefined) return undefined;
  return [lastRotatedAt, adoptedAt].find((instant) => isFromTheFuture(Date.parse(instant ?? ""), now)) ?? undefined;
}
