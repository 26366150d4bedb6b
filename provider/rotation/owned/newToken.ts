/** Finds out which token a new key belongs to, where the answer that brought it does not say, or can't be right. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import type { CreateReply } from "../../client/tokenRequests";
import { lookAtToken } from "../../client/tokens";
import type { TokenRecord } from "../../model/accessToken";
import { type Mark, markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { ownerOfNewKey } from "../verifyKey";

type Made = Pick<Mark, "number" | "attempt">;

/**
 * @param state the state before the token was made
 * @param made the mark that the token was given, and when the rotation began, by `elapsed`
 * @returns what LaunchDarkly shows of the token that was made; undefined if nothing tells which one it is
 */
export async function recordOfNewToken(
  session: Session,
  state: OwnedState,
  { key, record }: Extract<CreateReply, { kind: "created" }>,
  made: Made & { readonly startedAt: number },
): Promise<TokenRecord | undefined> {
  const known = [state.tokenId, ...state.previous.map(({ id }) => id)];
  const isOdd =
    record === undefined ||
    known.includes(record._id) ||
    (record.description !== null && !hasMark(state, record, made));
  if (!isOdd) return record;
  try {
    const tokenId = await ownerOfNewKey(session, key, made.startedAt);
    return tokenId === undefined ? undefined : await markedToken(session, state, { tokenId, ...made });
  } catch (error) {
    if (error instanceof LaunchDarklyError) return undefined;
    throw error;
  }
}

/**
 * @returns the token of an id, if it is the one of that number that the resource has made
 * @throws {LaunchDarklyError} if LaunchDarkly does not show it
 */
export async function markedToken(
  { client }: Pick<Session, "client">,
  state: Pick<OwnedState, "nonce">,
  asked: Made & { readonly tokenId: string; readonly startedAt: number },
): Promise<TokenRecord | undefined> {
  const record = await lookAtToken(client, asked.tokenId, asked.startedAt);
  const isIt = record?._id === asked.tokenId && hasMark(state, record, asked);
  return isIt ? record : undefined;
}

function hasMark({ nonce }: Pick<OwnedState, "nonce">, { description }: TokenRecord, made: Made): boolean {
  const mark = markIn(description);
  return mark?.nonce === nonce && mark.number === made.number && mark.attempt === made.attempt;
}
