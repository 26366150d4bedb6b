/** Takes over the key that is in use: makes sure that it is the current one, and resets nothing. */
import type { CallerIdentity } from "../client/callerIdentity";
import { keyLabel } from "../model/redact";
import { adoptedState } from "../decisions/nextState";
import { describeAdoption } from "../messages/rotationOutcome";
import { UserError } from "../messages/userError";
import type { Credential } from "../model/credential";
import type { Found } from "../model/found";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { advise, CHECK_CONFIGURATION } from "../run/keyAdvice";
import type { Call } from "./call";
import { firstState } from "./look";
import { unchanged } from "./unchanged";

/**
 * @throws {UserError} if the key does not work, or is not the current one; or if it can't be read
 */
export async function adopt(call: Call, inputs: Inputs): Promise<State> {
  const { credential, session } = call;
  const state = await unchanged(async () => {
    const owner = await ownerOf(call, inputs);
    const found = await session.client.look(credential, inputs.identity).catch(advise(CHECK_CONFIGURATION));
    const key = inputs.initialKey ?? found.key;
    if (key === null) throw new Error("there is no key to take over");
    const problem = adoptionProblem(credential, inputs, key, owner?.tokenId, found);
    if (problem !== undefined) throw new UserError(`Not taken over: ${problem}`);
    // Whose account it is, is not worth failing for.
    const { accountId } = owner ?? (await session.admin().catch(() => ({ accountId: undefined })));
    const home = { host: session.home().host, accountId: accountId ?? null };
    return adoptedState({ ...firstState(call, inputs, found), home }, key, session.client.now());
  }, "Not taken over");
  await session.surroundings.log("info", describeAdoption(state));
  return state;
}

/** Whose a given key is, where using it tells; undefined where it does not. */
async function ownerOf({ credential, session }: Call, { initialKey }: Inputs): Promise<CallerIdentity | undefined> {
  if (credential.accessTokenId === undefined || initialKey === undefined) return undefined;
  return session.client.getCallerIdentity(initialKey).catch(advise(otherwise(credential)));
}

/** Why the key is not the one to take over; undefined if it is. */
function adoptionProblem(
  credential: Credential,
  { identity }: Inputs,
  key: string,
  owner: string | undefined,
  { keyEnding }: Found,
): string | undefined {
  const { accessTokenId, wording } = credential;
  const label = keyLabel(key);
  if (owner !== undefined && owner !== accessTokenId?.(identity)) {
    return `the key ${label} belongs to another one (${owner}). Check tokenId. ${otherwise(credential)}`;
  }
  if (keyEnding === null || key.endsWith(keyEnding)) return undefined;
  const verdict =
    accessTokenId === undefined
      ? `the key ${label} is not its current one, which`
      : `the key ${label} works, but only until its grace ends: ${wording.it} has been reset since, and its current key`;
  return `${verdict} ends in ${keyEnding}. ${otherwise(credential)}`;
}

function otherwise({ initialKey, wording }: Credential): string {
  return `Give ${String(initialKey)} the key that is current, or leave it out: then ${wording.it} is reset.`;
}
