/** What a host makes of the outcome of a call: its success, or the error that its engine understands. */
import type { Failed, Outcome } from "../lifecycle/lifecycle";
import { UserError } from "../messages/userError";

/** A call that failed, and left a state to be saved. */
export type Unfinished = Extract<Outcome, { kind: "partial" }>;

export type Success<Result> = Exclude<Result, Unfinished | Failed>;

/**
 * @param partial the error by which the engine saves a state
 * @throws {UserError} for a failure; what `partial` makes, if the engine has to save a state
 */
export function succeeded<Result extends { readonly kind: string }>(
  outcome: Result,
  partial: (left: Unfinished) => Error,
): Success<Result> {
  const answer: { readonly kind: string } | Unfinished | Failed = outcome;
  if (isFailed(answer)) throw new UserError(answer.reason);
  if (isPartial(answer)) throw partial(answer);
  return outcome as Success<Result>;
}

function isFailed(outcome: { readonly kind: string }): outcome is Failed {
  return outcome.kind === "failed";
}

function isPartial(outcome: { readonly kind: string }): outcome is Unfinished {
  return outcome.kind === "partial";
}
