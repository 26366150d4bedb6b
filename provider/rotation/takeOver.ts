/** Takes over a key that is in use: makes sure that it is the current one, and makes no other. */
import type { CallerIdentity } from "../client/callerIdentity";
import { UserError } from "../messages/words";
import { keyLabel } from "../model/redact";
import type { Progress } from "../run/progress";
import { advise, type Session } from "../run/session";
import type { Strategy } from "./strategy";
import { type Asked, asNoChangeError, type Kept, type TakeOver } from "./work";

type Naming<State extends Kept> = Pick<Strategy<State, Asked, unknown>, "verifiableAs" | "nameOfOutputs" | "saved">;

/**
 * Notes that a resource of the run has this state: it has taken the key over, or owns the credential. So the key is not
 * called dropped where another resource lets it go.
 */
export function noteHeld<State extends Kept>(strategy: Naming<State>, { held }: Pick<Progress, "held">, state: State) {
  if (state.key !== null) held.set(credentialOf(strategy, state), state.key);
}

/** Whether a resource of the run has the key of this state, which goes. */
export function isHeld<State extends Kept>(strategy: Naming<State>, { held }: Pick<Progress, "held">, state: State) {
  return state.key !== null && held.get(credentialOf(strategy, state)) === state.key;
}

/** What tells a credential from others: an access token may be rotated by resources of two classes. */
function credentialOf<State extends Kept>(strategy: Naming<State>, state: State): string {
  return strategy.verifiableAs(undefined, state) ?? strategy.nameOfOutputs(strategy.saved(state).outputs);
}

/** @throws {UserError} if the key does not work, or is not the current one; or if it can't be read */
export async function takeOver<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  inputs: Given,
): Promise<State> {
  return asNoChangeError(async () => {
    const { found, key, owner } = await seenForTakeOver(strategy, session, inputs);
    // Whose account it is, is not worth failing for.
    const { accountId } = owner ?? (await session.admin().catch(() => ({ accountId: undefined })));
    return found.finish(found.state(key, accountId ?? null));
  }, "Not taken over");
}

/**
 * What is taken over, once nothing speaks against it. Changes nothing.
 *
 * @param since as for a request of the client
 * @throws {LaunchDarklyError} if the key does not work, or what it belongs to can't be seen
 * @throws {UserError} if the key is not the current one
 */
export async function seenForTakeOver<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  inputs: Given,
  since?: number,
): Promise<{ readonly found: TakeOver<State>; readonly key: string; readonly owner: CallerIdentity | undefined }> {
  const { it, takeOver: words } = strategy.says;
  const given = strategy.initialKey(inputs);
  const tokenId = strategy.verifiableAs(inputs, undefined);
  const asked = given !== undefined && tokenId !== undefined;
  const owner = asked ? await session.client.getCallerIdentity(given, since).catch(advise(words.otherwise)) : undefined;
  const found = await strategy.takeOver(session, inputs, since);
  const key = given ?? found.key;
  if (key === null) throw new Error("there is no key to take over");
  const label = keyLabel(key);
  if (owner?.tokenId !== undefined && owner.tokenId !== tokenId) {
    const problem = `the key ${label} belongs to another one (${owner.tokenId}). Check ${words.idInput}. ${words.otherwise}`;
    throw new UserError(`Not taken over: ${problem}`);
  }
  if (found.lastFour !== null && !key.endsWith(found.lastFour)) {
    const verdict = asked
      ? `the key ${label} works, but only until its grace ends: ${it} has been reset since, and its current key`
      : `the key ${label} is not its current one, which`;
    throw new UserError(`Not taken over: ${verdict} ends in ${found.lastFour}. ${words.otherwise}`);
  }
  if (found.problem !== undefined) throw new UserError(`Not taken over: ${found.problem}`);
  return { found, key, owner };
}
