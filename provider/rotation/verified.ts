/** Verifies the key of a state, and notices when it is not the current one any more. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { anothers, describeUnproven, notVerified, superseded } from "../messages/rotationOutcome";
import { type Found, isSameEnding } from "../model/found";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { savedState } from "../model/stateOutputs";
import type { Call } from "./call";
import { stateAfterLook } from "./look";
import { PartialFailure } from "./partialFailure";
import { AnothersKey, verifyKey } from "./verifyKey";

export interface Verification {
  readonly inputs: Inputs;
  /** The serialized provider, which a saved state must hold. */
  readonly provider: unknown;
  /** When the rotation began, by `elapsed`: its patience counts from then. */
  readonly startedAt: number;
  /** Whether another reset was sent before, and taken for lost: it may have been carried out late. */
  readonly isAfterDoubt: boolean;
}

/**
 * @returns the state, with nothing left to verify
 * @throws {PartialFailure} if the key does not work, or is not the current one
 */
export async function verified(call: Call, state: State, verification: Verification): Promise<State> {
  const { credential, session } = call;
  const { inputs, provider, startedAt, isAfterDoubt } = verification;
  const done = { ...state, verificationPending: false };
  const failure = (what: string, saved: State) =>
    new PartialFailure(savedState(credential, saved), provider, describeUnproven(state, what));
  const replaced = (current: Found): State => {
    const seen = stateAfterLook(call, done, current);
    // A key that can be read is in the state by now, whoever made it.
    if (current.key !== null) return seen;
    throw failure(superseded(credential.wording, current.keyEnding), seen);
  };

  const tokenId = credential.accessTokenId?.(state.identity);
  if (state.verificationPending && inputs.verify && state.key !== null && tokenId !== undefined) {
    try {
      await verifyKey(session, state.key, tokenId, startedAt);
    } catch (error) {
      // The stack does not hold the token's key: the next run resets it.
      if (error instanceof AnothersKey) {
        throw failure(anothers(credential.wording, error.message), { ...done, keyRefused: true });
      }
      const isRefused = error instanceof LaunchDarklyError && error.code === "unauthorized";
      const current = isRefused ? await otherKey(call, state, startedAt) : undefined;
      if (current !== undefined) return replaced(current);
      throw failure(notVerified((error as Error).message), state);
    }
  }
  const current = isAfterDoubt ? await otherKey(call, state, startedAt) : undefined;
  return current === undefined ? done : replaced(current);
}

/** What LaunchDarkly shows, if its current key is another one than the state's. */
async function otherKey(
  { credential, session }: Call,
  { identity, key, keyEnding }: State,
  startedAt: number,
): Promise<Found | undefined> {
  const found = await session.client.look(credential, identity, startedAt).catch(() => undefined);
  if (found === undefined) return undefined;
  const isSame = found.key === null ? isSameEnding(found.keyEnding, keyEnding) : found.key === key;
  return isSame ? undefined : found;
}
