/** Takes over the key that is in use: proves that it is the token's current key, and resets nothing. */
import type { CallerIdentity } from "../client/callerIdentity";
import { keyLabel } from "../client/redact";
import { adoptedState } from "../decisions/nextState";
import type { AccessToken } from "../model/accessToken";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { advise, CHECK_CONFIGURATION } from "../run/keyAdvice";
import type { Session } from "../run/session";
import { tokenName } from "../messages/tokenName";
import { unchanged } from "./unchanged";
import { UserError } from "../messages/userError";

const OTHERWISE = "Give initialToken the key that is current, or leave it out: then the token is reset.";

/**
 * @param key the input `initialToken`
 * @throws {UserError} if the key does not work, or is not the token's current one
 */
export async function adopt(session: Session, { tokenId, triggers }: Inputs, key: string): Promise<State> {
  const { client, surroundings } = session;
  const state = await unchanged(
    tokenId,
    async () => {
      const identity = await client.getCallerIdentity(key).catch(advise(OTHERWISE));
      const found = await client.getAccessToken(tokenId).catch(advise(CHECK_CONFIGURATION));
      const problem = adoptionProblem(tokenId, key, identity, found);
      if (problem === undefined) return adoptedState(tokenId, triggers, key, found, client.now());
      throw new UserError(`Access token ${tokenName(tokenId, found.name)} was not taken over: ${problem}`);
    },
    "was not taken over",
  );
  await surroundings.log(
    "info",
    `Access token ${tokenName(tokenId, state.name)} was taken over with its key (ending in ${String(state.tokenLastFour)}); it was not reset.`,
  );
  return state;
}

/** Why the key, which works, is not the one to take over; undefined if it is. */
function adoptionProblem(
  tokenId: string,
  key: string,
  { tokenId: owner = tokenId }: CallerIdentity,
  { lastFour }: AccessToken,
): string | undefined {
  const label = keyLabel(key);
  if (owner !== tokenId) return `the key ${label} belongs to another one (${owner}). Check tokenId. ${OTHERWISE}`;
  if (key.slice(-4) === lastFour) return undefined;
  return `the key ${label} works, but only until its grace ends: the token has been reset since, and its current key ends in ${String(lastFour)}. ${OTHERWISE}`;
}
