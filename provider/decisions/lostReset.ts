/** Finds out what became of a reset whose answer was lost, by what LaunchDarkly says of the token afterwards. */
import type { AccessToken } from "../model/accessToken";
import type { State } from "../model/state";

/** What was known of the token before the reset. */
export interface Before {
  readonly lastFour: string | null;
  /** Epoch milliseconds. */
  readonly lastModified: number | null;
}

/** The two clocks are LaunchDarkly's, but one was read from a header that is cut to the second. */
const SLACK_MS = 5_000;

/**
 * Whether LaunchDarkly carried the reset out.
 *
 * Other last four characters prove it. The same ones do not disprove it, since one key in 65,536 ends like the last:
 * a token that was modified at the time of the reset counts as reset. One that was only renamed before does not.
 *
 * @param sentAt epoch milliseconds of LaunchDarkly's clock
 */
export function wasProcessed(before: Before, sentAt: number, after: AccessToken): boolean {
  if (after.lastFour !== before.lastFour) return true;
  if (after.lastModified === null || after.lastModified === before.lastModified) return false;
  return after.lastModified >= sentAt - SLACK_MS;
}

/** The state with its lost reset resolved, as far as it was in doubt. */
export function resolveLostReset(state: State, found: AccessToken): State {
  const { lostReset } = state;
  if (lostReset === null || lostReset.processed) return state;
  const before = { lastFour: state.tokenLastFour, lastModified: state.lastModified };
  if (!wasProcessed(before, lostReset.sentAt, found)) return { ...state, lostReset: null };
  const oldKeyExpiresAt = new Date(lostReset.expiry ?? lostReset.sentAt).toISOString();
  return { ...state, oldKeyExpiresAt, lostReset: { ...lostReset, processed: true } };
}
