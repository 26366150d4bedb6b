/** Ends nothing by its id alone: reads the mark of a token before it is given an end, or deleted. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { deleteToken, isAbsent, lookAtToken } from "../../client/tokens";
import { describeTakenAway } from "../../messages/owned/outcome";
import type { TokenRecord } from "../../model/accessToken";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";

export type Ownership =
  /** It bears the resource's mark. */
  | { readonly kind: "own"; readonly record: TokenRecord }
  /** It bears another's mark, or none: somebody else has it now. */
  | { readonly kind: "another's"; readonly record: TokenRecord }
  /** LaunchDarkly says that it is not there. */
  | { readonly kind: "gone" };

/**
 * @param tokens the account's tokens, where they were found in this call already
 * @throws {LaunchDarklyError} if it can't be told
 */
export async function ownership(
  { client }: Pick<Session, "client">,
  { nonce }: Pick<OwnedState, "nonce">,
  id: string,
  tokens: readonly TokenRecord[] = [],
): Promise<Ownership> {
  const found = tokens.find(({ _id }) => _id === id);
  try {
    const record = found ?? (await lookAtToken(client, id));
    // An answer that does not show the token does not show its mark.
    if (record === undefined) throw new LaunchDarklyError("noAnswer", `LaunchDarkly does not show access token ${id}.`);
    return { kind: markIn(record.description)?.nonce === nonce ? "own" : "another's", record };
  } catch (error) {
    // A token is not forgotten over one answer.
    const isGone = error instanceof LaunchDarklyError && error.code === "notFound" && (await isAbsent(client, id));
    if (isGone) return { kind: "gone" };
    throw error;
  }
}

/**
 * Deletes a token that bears the resource's mark; names another's, and leaves it alone.
 *
 * @throws {LaunchDarklyError} if it may be there still, and be the resource's
 */
export async function deleteOwned(
  session: Session,
  state: Pick<OwnedState, "nonce">,
  id: string,
  tokens: readonly TokenRecord[],
): Promise<Ownership["kind"]> {
  const owned = await ownership(session, state, id, tokens);
  if (owned.kind === "own") await deleteToken(session.client, id);
  if (owned.kind === "another's") await session.surroundings.log("warning", describeTakenAway([owned.record]));
  return owned.kind;
}
