/** Decides what has to become of the tokens that the current one has replaced. */
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import type { OwnedState, Previous } from "../../model/ownedState";
import { expiryProblem } from "../resetExpiry";

export type Retirement =
  /** Its expiry has to be set, in epoch milliseconds. */
  | { readonly kind: "expire"; readonly token: Previous; readonly at: number }
  /** It has to end now, if `at` has passed by LaunchDarkly's clock, too; undefined: by no clock, but at once. */
  | { readonly kind: "end"; readonly token: Previous; readonly at: number | undefined };

/**
 * When a token has to end, in epoch milliseconds: a grace counts from the moment when its successor was handed on.
 * Undefined while that is not known.
 */
export function wantedEnd({ retiredAt }: Previous, oldKeyExpiry: OldKeyExpiry): number | undefined {
  if (retiredAt === null) return undefined;
  switch (oldKeyExpiry.kind) {
    case "unknown":
      return undefined;
    case "immediate":
      return retiredAt;
    case "duration":
      return retiredAt + oldKeyExpiry.milliseconds;
    case "instant":
      return oldKeyExpiry.epochMilliseconds;
  }
}

/**
 * What is still to be done, because LaunchDarkly has not confirmed it yet, or because the program asks for another end.
 *
 * @param now epoch milliseconds, by the earlier one of the clocks: a token that ends must have reached its end by both
 */
export function retirementsDue(
  { previous }: Pick<OwnedState, "previous">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
): Retirement[] {
  return previous.flatMap((token): Retirement[] => {
    const at = wantedEnd(token, oldKeyExpiry);
    if (at === undefined) return [];
    if (at === token.end) return token.byDeletion && at <= now ? [{ kind: "end", token, at }] : [];
    // LaunchDarkly has made another end of it, and would again.
    if (at === token.asked && at > now) return [];
    if (hasEnded(token, now)) return [];
    if (oldKeyExpiry.kind === "immediate") return [{ kind: "end", token, at: undefined }];
    return [{ kind: at <= now ? "end" : "expire", token, at }];
  });
}

/** Whether LaunchDarkly has ended a token by itself. */
export function hasEnded({ end, byDeletion }: Previous, now: number): boolean {
  return end !== null && end <= now && !byDeletion;
}

/** Why the program's end for the previous tokens is refused: a new instant that has already passed. */
export function retirementProblem(
  state: Pick<OwnedState, "previous">,
  oldKeyExpiry: OldKeyExpiry,
  now: number,
): string | undefined {
  const isEdited = retirementsDue(state, oldKeyExpiry, now).some(
    ({ kind, token }) => kind === "end" && ![token.end, token.asked].includes(wantedEnd(token, oldKeyExpiry)),
  );
  return isEdited ? expiryProblem(oldKeyExpiry, now) : undefined;
}
