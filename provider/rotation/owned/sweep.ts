/** Finds the tokens whose key nobody has by their mark, and deletes them. */
import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { deleteToken } from "../../client/tokens";
import { seenTokens } from "../../decisions/owned/nextToken";
import { type Strays, straysOf, straysOfOwner } from "../../decisions/owned/strays";
import { describeDoubtful, describeForgotten } from "../../messages/owned/outcome";
import type { TokenRecord } from "../../model/accessToken";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { assertAccount } from "../home";

export interface Swept {
  /** The state with what the list says of its tokens, and nothing left to look for. */
  readonly state: OwnedState;
  /** How many tokens were deleted. */
  readonly deleted: number;
  /** Why one could not be. */
  readonly problem: Error | undefined;
}

/**
 * @param since when the work began that this is a part of, by `elapsed`
 * @throws {LaunchDarklyError} if it can't be told whether there are any
 */
export async function sweep(session: Session, state: OwnedState, since?: number): Promise<Swept> {
  const tokens = await listAccessTokens(session.client, since);
  // In another account there are none to be found.
  if (!tokens.some(({ _id: id }) => id === state.tokenId)) await assertAccount(state, session);
  const { deleted, problem } = await remove(session, straysOf(state, tokens));
  return { state: { ...seenTokens(state, tokens), openMark: problem !== undefined }, deleted, problem };
}

/**
 * The same for a resource that is created: a creation before it may have been killed.
 *
 * @param owner as marks name it
 * @param isInState whether the stack has such a resource all the same
 * @throws {Error} if it can't be told whether there are any, or one could not be deleted
 */
export async function sweepOwner(session: Session, owner: string, isInState: boolean): Promise<void> {
  const tokens: readonly TokenRecord[] = await listAccessTokens(session.client);
  const { problem } = await remove(session, straysOfOwner(owner, tokens, isInState));
  if (problem !== undefined) throw problem;
}

async function remove({ client, surroundings }: Session, { forgotten, doubtful }: Strays) {
  if (doubtful.length > 0) await surroundings.log("warning", describeDoubtful(doubtful));
  let deleted = 0;
  for (const record of forgotten) {
    try {
      await deleteToken(client, record._id);
    } catch (error) {
      if (!(error instanceof LaunchDarklyError)) throw error;
      return { deleted, problem: error };
    }
    deleted++;
    await surroundings.log("warning", describeForgotten(record));
  }
  return { deleted, problem: undefined };
}
