/** Decides what follows a reset: the rule that a reset is never repeated blindly. */
import type { AccessToken } from "../model/accessToken";
import type { ResetReply } from "../model/resetReply";
import { type Before, wasProcessed } from "./lostReset";

export interface SentReset {
  /** Epoch milliseconds; undefined for immediately. */
  readonly expiry: number | undefined;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly sentAt: number;
}

/** What a GET of the token said, after a reset that may have been processed. */
export type LookUp =
  { readonly kind: "found"; readonly token: AccessToken } | { readonly kind: "failed"; readonly error: Error };

export type ResetStep =
  /** The new key is there: keep it. */
  | { readonly kind: "keep"; readonly reset: Extract<ResetReply, { kind: "reset" }> }
  /** Not processed: give up with this error, nothing has changed. */
  | { readonly kind: "fail"; readonly error: Error }
  /** Not processed: send it again after a while. */
  | { readonly kind: "retry"; readonly error: Error }
  /** Nobody knows: GET the token. */
  | { readonly kind: "lookUp" }
  /** Processed, and the key is lost; the old one is dead, or nobody holds it: send it again at once, nothing is lost. */
  | { readonly kind: "resetAgain"; readonly token: AccessToken }
  /** Processed, the key is lost, but the old one works until then: leave it to the next run. */
  | { readonly kind: "stop"; readonly until: number; readonly token: AccessToken }
  /** Nobody knows, and the GET failed too: leave it to the next run. */
  | { readonly kind: "giveUp"; readonly error: Error };

/**
 * @param before the token before this reset
 * @param isHeld whether anybody holds the key that this reset replaced; nobody does if that one's answer was lost, too
 * @param lookUp undefined until the token was looked up after the reset
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
  const { token } = lookUp;
  if (!wasProcessed(before, sent.sentAt, token)) return { kind: "retry", error: reply.error };
  // Without a holder its grace is no use to anybody; the grace before it may have ended with this reset.
  if (isHeld && sent.expiry !== undefined && sent.expiry > now) return { kind: "stop", until: sent.expiry, token };
  return { kind: "resetAgain", token };
}
