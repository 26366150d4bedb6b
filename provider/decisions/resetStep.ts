/** Decides what follows a reset: the rule that a reset is never repeated blindly. */
import { type Found, isSameEnding, type ResetReply } from "../model/answers";

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

export interface SentReset {
  /** Epoch milliseconds; undefined for immediately. */
  readonly expiry: number | undefined;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly sentAt: number;
}

/** What a look at the credential said, after a reset that may have been processed. */
export type LookUp =
  { readonly kind: "found"; readonly found: Found } | { readonly kind: "failed"; readonly error: Error };

export type ResetStep =
  /** The new key is there: keep it. */
  | { readonly kind: "keep"; readonly reset: Extract<ResetReply, { kind: "reset" }> }
  /** Not processed: give up with this error, nothing has changed. */
  | { readonly kind: "fail"; readonly error: Error }
  /** Not processed: send it again after a while. */
  | { readonly kind: "retry"; readonly error: Error }
  /** Nobody knows: look. */
  | { readonly kind: "lookUp" }
  /** Processed, and the key is lost; the old one is dead, or nobody holds it: send it again at once, nothing is lost. */
  | { readonly kind: "resetAgain"; readonly found: Found }
  /** Processed, the key is lost, but the old one works until then: leave it to the next run. */
  | { readonly kind: "stop"; readonly until: number; readonly found: Found }
  /** Nobody knows, and the look failed too: leave it to the next run. */
  | { readonly kind: "giveUp"; readonly error: Error };

/**
 * @param before the credential before this reset
 * @param isHeld whether anybody holds the key that this reset replaced; nobody does if that one's answer was lost, too
 * @param lookUp undefined until LaunchDarkly was looked at after the reset
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function resetStep(
  before: Before,
  sent: SentReset,
  reply: ResetReply,
  lookUp: LookUp | undefined,
  isHeld: boolean,
  now: number,
): ResetStep {
  switch (reply.kind) {
    case "reset":
      return { kind: "keep", reset: reply };
    case "refused":
      return { kind: "fail", error: reply.error };
    case "notProcessed":
      return { kind: "retry", error: reply.error };
    case "unknown":
      break;
  }
  if (lookUp === undefined) return { kind: "lookUp" };
  if (lookUp.kind === "failed") return { kind: "giveUp", error: lookUp.error };
  const { found } = lookUp;
  if (!wasProcessed(before, sent.sentAt, found)) return { kind: "retry", error: reply.error };
  if (found.key !== null) return { kind: "keep", reset: { kind: "reset", key: found.key, found, at: sent.sentAt } };
  // If nobody holds it, its grace is of no use. The grace before it may have ended with this reset.
  if (isHeld && sent.expiry !== undefined && sent.expiry > now) return { kind: "stop", until: sent.expiry, found };
  return { kind: "resetAgain", found };
}
