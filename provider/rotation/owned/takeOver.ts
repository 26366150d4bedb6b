/** Takes over a token that exists: makes sure that the key is its current one, and creates none. */
import { keyLabel } from "../../model/redact";
import { lookAtToken } from "../../client/tokens";
import { takenOver } from "../../decisions/owned/nextToken";
import { describeTakenOver } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { advise, CHECK_CONFIGURATION } from "../../run/keyAdvice";
import type { Session } from "../../run/session";
import { unchanged } from "../unchanged";

const OTHERWISE =
  "Give initialToken the key that is current, or leave it out with initialTokenId: then a new token is made.";

/** @throws {UserError} if the key does not work, or is not the token's current one */
export async function takeOver(
  session: Session,
  empty: OwnedState,
  inputs: OwnedInputs,
  initial: NonNullable<OwnedInputs["initial"]>,
): Promise<OwnedState> {
  return unchanged(async () => {
    const record = await recordToTakeOver(session, inputs, initial);
    const state = takenOver(empty, initial.token, record, inputs, session.client.now());
    await session.surroundings.log("info", describeTakenOver(state));
    return state;
  }, "Not taken over");
}

/**
 * What LaunchDarkly says of the token. Changes nothing.
 *
 * @param since when the work began that this is a part of, by `elapsed`
 * @throws {LaunchDarklyError} if the key does not work, or the token can't be seen
 * @throws {UserError} if the key is not the token's current one
 */
export async function recordToTakeOver(
  { client }: Session,
  inputs: OwnedInputs,
  { token: key, tokenId }: NonNullable<OwnedInputs["initial"]>,
  since?: number,
): Promise<TokenRecord> {
  const { tokenId: owner } = await client.getCallerIdentity(key, since).catch(advise(OTHERWISE));
  const record = await lookAtToken(client, tokenId, since).catch(advise(CHECK_CONFIGURATION));
  const problem =
    record === undefined
      ? "LaunchDarkly does not show the token."
      : takeOverProblem(inputs, key, owner, tokenId, record);
  if (record === undefined || problem !== undefined) {
    throw new UserError(`Not taken over: ${String(problem)}`);
  }
  return record;
}

/** Why the key is not the one to take over; undefined if it is. */
function takeOverProblem(
  { serviceToken }: OwnedInputs,
  key: string,
  owner: string | undefined,
  tokenId: string,
  record: TokenRecord,
): string | undefined {
  const label = keyLabel(key);
  if (owner !== undefined && owner !== tokenId) {
    return `the key ${label} belongs to another one (${owner}). Check initialTokenId. ${OTHERWISE}`;
  }
  if (record.token !== null && !key.endsWith(record.token)) {
    return `the key ${label} works, but only until its grace ends: the token has been reset since, and its current key ends in ${record.token}. ${OTHERWISE}`;
  }
  if (record.serviceToken !== null && record.serviceToken !== serviceToken) {
    return `it is ${record.serviceToken ? "a service token" : "a personal token"}, and LaunchDarkly can't change that. Set serviceToken to ${String(record.serviceToken)}.`;
  }
  return undefined;
}
