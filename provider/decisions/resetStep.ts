/** Decides what follows a reset: the rule that a reset is never repeated blindly. */
import type { Found } from "../model/found";
import type { ResetReply } from "../model/replies";
import { type Before, wasProcessed } from "./lostReset";

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
