/**
 * Hands the tokens of a resource that is replaced on to the one that takes its place: by their marks, which say from then on
 * that they are its own. The key that people held keeps working for the grace that the program gives.
 */
import { deleteToken, expireToken, patchToken } from "../../client/tokens";
import { resetExpiry } from "../../decisions/resetExpiry";
import { describeEnded, describeHandedOn, describeOwnKey } from "../../messages/owned/outcome";
import type { TokenRecord } from "../../model/accessToken";
import { describe, type Mark, textOf } from "../../model/mark";
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import type { Previous } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { laterNow } from "../clocks";
import { isConfigured } from "./selfRotation";

const PERMISSION = "updateAccessTokenDescription";

export interface HandedOn {
  readonly record: TokenRecord;
  /** When it ends, if that was decided before, in epoch milliseconds; undefined if its grace begins now. */
  readonly end: number | undefined;
}

/**
 * Hands one token on.
 *
 * @param mark of the resource that takes the place of its own; undefined while that is not made
 * @throws {LaunchDarklyError} if it could not be done
 */
export async function handOn(
  session: Session,
  { record, end }: HandedOn,
  mark: Mark | undefined,
  oldKeyExpiry: OldKeyExpiry,
): Promise<void> {
  const { client, surroundings } = session;
  const token: Previous = {
    ...{ id: record._id, lastFour: record.token, lastUsed: record.lastUsed },
    ...{ retiredAt: null, end: null, byDeletion: false },
  };
  const isAtOnce = oldKeyExpiry.kind === "immediate";
  const isOwn = isAtOnce && (await isConfigured(session, token.id));
  if (isOwn) await surroundings.log("warning", describeOwnKey(token));
  else if (isAtOnce) {
    // All that use the key have got another one: the engine deletes what is replaced when everything else is done.
    await deleteToken(client, token.id);
    await surroundings.log("info", describeEnded(token));
    return;
  }
  const ends = end ?? (await beginGrace(session, token.id, oldKeyExpiry));
  if (ends === "gone") return;
  if (mark !== undefined) await giveMark(session, record, mark);
  if (!isOwn) await surroundings.log("info", describeHandedOn(token, ends));
}

/** @returns when it ends, in epoch milliseconds; undefined if LaunchDarkly knows no expiry, or the program no end */
async function beginGrace(
  { client, surroundings }: Session,
  id: string,
  oldKeyExpiry: OldKeyExpiry,
): Promise<number | undefined | "gone"> {
  const at = resetExpiry(oldKeyExpiry, client.now(), surroundings.clock());
  // An instant that has passed is no end that was meant for this token.
  if (at === undefined || at <= laterNow({ client, surroundings })) return undefined;
  const expired = await expireToken(client, id, at);
  return expired.kind === "set" ? at : expired.kind === "gone" ? "gone" : undefined;
}

/** Has a token bear the mark of the resource that owns it from now on. */
export async function giveMark({ client }: Pick<Session, "client">, record: TokenRecord, mark: Mark): Promise<void> {
  const value = describe(textOf(record.description), mark);
  await patchToken(client, record._id, [{ op: "add", path: "/description", value }], PERMISSION);
}
