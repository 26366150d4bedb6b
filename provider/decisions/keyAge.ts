/** Decides whether a key has become too old. */
import { formatAge } from "../model/duration";
import type { RotateAfter } from "../model/inputs";
import type { State } from "../model/state";

/**
 * Why the key's age asks for a rotation; undefined if it does not.
 *
 * The age counts from the last reset by the stack. A key that was taken over counts from then: how long it has been in
 * use before, LaunchDarkly does not say (its `lastModified` changes with a new name, too).
 *
 * @param now epoch milliseconds
 */
export function ageReason(
  { lastRotatedAt, adoptedAt }: Pick<State, "lastRotatedAt" | "adoptedAt">,
  rotateAfter: RotateAfter | undefined,
  now: number,
): string | undefined {
  const age = now - Date.parse(lastRotatedAt ?? adoptedAt ?? "");
  // Not a number where the stack has never held a key.
  if (rotateAfter === undefined || Number.isNaN(age) || age < rotateAfter.milliseconds) return undefined;
  return `${formatAge(age)} old, rotateAfter is ${rotateAfter.text}`;
}
