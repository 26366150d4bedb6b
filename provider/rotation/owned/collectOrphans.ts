/**
 * Finds the tokens that bear a resource's mark, and that its state does not know. Those whose key nobody can have are
 * deleted. All others become previous tokens: they keep working until their end.
 */
import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { deleteToken } from "../../client/tokens";
import { seenTokens } from "../../decisions/owned/nextToken";
import { madeBy, newerToken, nextNumber, orphansOf, withPreviousTokens } from "../../decisions/owned/orphans";
import {
  describeAdopted,
  describeDeletedOrphan,
  describeForeign,
  describeNotCreated,
  describeOpenMark,
} from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import { markIn, ownerOf } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { earlierNow } from "../clocks";
import { failureOf, type Order } from "./order";

export interface Collected {
  /** The state with what the list says of its tokens, and nothing left to look for. */
  readonly state: OwnedState;
  /** The account's tokens, as they were found. */
  readonly tokens: readonly TokenRecord[];
  /** The sequence number of the next token. */
  readonly nextNumber: number;
}

/**
 * @param startedAt when the work began that this is a part of, by `elapsed`
 * @throws {PartialFailure} if it can't be told whether there are any, and one is known to be possible; or one could not be
 * deleted
 * @throws {UserError} if nothing changed, and nothing is known of any
 */
export async function collectOrphans(session: Session, order: Order, startedAt: number): Promise<Collected> {
  const { state: before, inputs } = order;
  let tokens: TokenRecord[];
  try {
    tokens = await listAccessTokens(session.client, startedAt);
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (before.openMark) throw failureOf(order, before, describeOpenMark(error.message));
    throw new UserError(describeNotCreated(error.message));
  }
  const { lost, held, foreign } = orphansOf(before, ownersOf(before, inputs), tokens);
  const next = nextNumber(before, held);
  const newer = newerToken(before, held, earlierNow(session));
  const seen: OwnedState = {
    ...withPreviousTokens(seenTokens(before, tokens), held, inputs.oldKeyExpiry),
    newerToken: newer === undefined ? before.newerToken : { id: newer._id, lastFour: newer.token },
    openMark: false,
    openAttempts: [],
  };
  const { log } = session.surroundings;
  if (held.length > 0) await log("warning", describeAdopted(held, inputs.oldKeyExpiry));
  if (foreign.length > 0) await log("warning", describeForeign(foreign));
  const { problem } = await deleteAll(session, lost);
  if (problem !== undefined) {
    const { openAttempts } = before;
    throw failureOf(order, { ...seen, openMark: true, openAttempts }, describeOpenMark(problem.message));
  }
  return { state: seen, tokens, nextNumber: next };
}

/** How marks name a resource: now, and when its current token was marked. */
export function ownersOf({ settings }: Pick<OwnedState, "settings">, inputs?: Pick<OwnedInputs, "owner">) {
  return [markIn(settings.description ?? null)?.owner, inputs && ownerOf(inputs.owner)];
}

export interface Deleted {
  /** How many tokens were deleted. */
  readonly deleted: number;
  /** Why one could not be. */
  readonly problem: Error | undefined;
}

/**
 * Deletes what an attempt of this process has made without an answer.
 *
 * @param since when the work began that this is a part of, by `elapsed`
 * @throws {LaunchDarklyError} if it can't be told whether there is any
 */
export async function deleteMadeBy(
  session: Session,
  attempt: string,
  state: OwnedState,
  since: number,
): Promise<Deleted> {
  const tokens = await listAccessTokens(session.client, since);
  return deleteAll(session, madeBy(attempt, state, tokens));
}

async function deleteAll({ client, surroundings }: Session, records: readonly TokenRecord[]): Promise<Deleted> {
  let deleted = 0;
  for (const record of records) {
    try {
      await deleteToken(client, record._id);
    } catch (error) {
      if (!(error instanceof LaunchDarklyError)) throw error;
      return { deleted, problem: error };
    }
    deleted++;
    await surroundings.log("warning", describeDeletedOrphan(record));
  }
  return { deleted, problem: undefined };
}
