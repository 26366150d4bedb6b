/** Finds out what became of a reset whose answer was lost, by what LaunchDarkly says of the credential afterwards. */
import { type Found, isSameEnding } from "../model/found";

/** What was known of the credential before the reset. */
export interface Before {
  /** The whole key, where the stack holds it. */
  readonly key: string | null;
  readonly lastFour: string | null;
  /** Epoch milliseconds. */
  readonly lastModified: number | null;
}

/** The two clocks are LaunchDarkly's, but one was read from a header that is cut to the second. */
const SLACK_MS = 5_000;

/**
 * Whether LaunchDarkly carried the reset out.
 *
 * A key that can be read proves it either way. Otherwise, another ending proves it. The same one does not disprove it,
 * since one key in 65,536 ends like the last: what was modified at the time of the reset counts as reset. What was only
 * renamed before does not.
 *
 * @param sentAt epoch milliseconds of LaunchDarkly's clock
 */
export function wasProcessed(before: Before, sentAt: number, after: Found): boolean {
  if (after.key !== null && before.key !== null) return after.key !== before.key;
  if (!isSameEnding(after.lastFour, before.lastFour)) return true;
  if (after.lastModified === null || after.lastModified === before.lastModified) return false;
  return after.lastModified >= sentAt - SLACK_MS;
}
