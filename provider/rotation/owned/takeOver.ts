/** Takes over a token that exists: makes sure that the key is its current one, and creates none. */
import { keyLabel } from "../../model/redact";
import { lookAtToken } from "../../client/tokens";
import { takenOver } from "../../decisions/owned/nextToken";
import { describeTakenOver } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import { markIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { printable } from "../../model/printable";
import { advise, CHECK_CONFIGURATION } from "../../run/keyAdvice";
import type { Session } from "../../run/session";
import { unchanged } from "../unchanged";

const OTHERWISE =
  "Give initialToken the key that is current, or leave it out with initialTokenId: then a new token is made.";

/** What the token must be; undefined where that is not known yet. */
interface Wanted {
  readonly serviceToken: boolean | undefined;
}

/** @throws {UserError} if the key does not work, or is not the token's current one */
export async function takeOver(
  session: Session,
  empty: OwnedState,
  inputs: OwnedInputs,
  initial: NonNullable<OwnedInputs["initial"]>,
): Promise<OwnedState> {
  return unchanged(async () => {
    const { record, accountId } = await tokenToTakeOver(session, inputs, initial);
    const state = takenOver(empty, initial.token, record, inputs, session.client.now());
    await session.surroundings.log("info", describeTakenOver(state));
    return { ...state, home: { host: session.home().host, accountId: accountId ?? null } };
  }, "Not taken over");
}

/**
 * What LaunchDarkly says of the token, and whose it is. Changes nothing.
 *
 * @param since when the work began that this is a part of, by `elapsed`
 * @throws {LaunchDarklyError} if the key does not work, or the token can't be seen
 * @throws {UserError} if the key is not the token's current one
 */
export async function tokenToTakeOver(
  { client }: Session,
  inputs: Wanted,
  { token: key, tokenId }: NonNullable<OwnedInputs["initial"]>,
  since?: number,
): Promise<{ readonly record: TokenRecord; readonly accountId: string | undefined }> {
  const { tokenId: owner, accountId } = await client.getCallerIdentity(key, since).catch(advise(OTHERWISE));
  const record = await lookAtToken(client, tokenId, since).catch(advise(CHECK_CONFIGURATION));
  const problem =
    record === undefined
      ? "LaunchDarkly does not show the token."
      : takeOverProblem(inputs, key, owner, tokenId, record);
  if (record === undefined || problem !== undefined) {
    throw new UserError(`Not taken over: ${String(problem)}`);
  }
  return { record, accountId };
}

/** Why the key is not the one to take over; undefined if it is. */
function takeOverProblem(
  { serviceToken }: Wanted,
  key: string,
  owner: string | undefined,
  tokenId: string,
  record: TokenRecord,
): string | undefined {
  const label = keyLabel(key);
  const mark = markIn(record.description);
  if (mark !== undefined && record.expiry !== null) {
    return `${printable(mark.owner)} has replaced it, and it ends at ${new Date(record.expiry).toISOString()}. ${OTHERWISE}`;
  }
  if (owner !== undefined && owner !== tokenId) {
    return `the key ${label} belongs to another one (${owner}). Check initialTokenId. ${OTHERWISE}`;
  }
  if (record.token !== null && !key.endsWith(record.token)) {
    return `the key ${label} works, but only until its grace ends: the token has been reset since, and its current key ends in ${record.token}. ${OTHERWISE}`;
  }
  if (serviceToken !== undefined && record.serviceToken !== null && record.serviceToken !== serviceToken) {
    return `it is ${record.serviceToken ? "a service token" : "a personal token"}, and LaunchDarkly can't change that. Set serviceToken to ${String(record.serviceToken)}.`;
  }
  return undefined;
}
