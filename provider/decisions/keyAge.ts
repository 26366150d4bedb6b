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
