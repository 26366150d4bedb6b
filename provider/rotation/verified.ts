/** Verifies the key of a state, and notices when it is not the current one any more. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { refreshedState } from "../decisions/nextState";
import type { AccessToken } from "../model/accessToken";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { PartialFailure } from "./partialFailure";
import type { Session } from "../run/session";
import { tokenName } from "../messages/tokenName";
import { verifyKey } from "./verifyKey";

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
export async function verified(session: Session, state: State, verification: Verification): Promise<State> {
  const { inputs, provider, startedAt, isAfterDoubt } = verification;
  const done = { ...state, verificationPending: false };
  const failure = (message: string, saved: State) => {
    const name = tokenName(state.tokenId, state.name);
    const verdict = `Access token ${name} was reset and its new key (ending in ${String(state.tokenLastFour)}) is saved, but`;
    return new PartialFailure(state.tokenId, saved, provider, `${verdict} ${message}`);
  };
  const superseded = (current: AccessToken) =>
    failure(
      `the token has been reset once more since (key ending in ${String(current.lastFour)}), by somebody else or by a request that was taken for lost. Run pulumi up again: it resets the token anew.`,
      refreshedState(done, current),
    );

  if (state.verificationPending && inputs.verify && state.token !== null) {
    try {
      await verifyKey(session, state.token, state.tokenId, startedAt);
    } catch (error) {
      const isRefused = error instanceof LaunchDarklyError && error.code === "unauthorized";
      const current = isRefused ? await otherKey(session, state, startedAt) : undefined;
      if (current !== undefined) throw superseded(current);
      const reason = (error as Error).message;
      throw failure(
        `the key could not be verified: ${reason} Run pulumi up again: it verifies the key without another reset.`,
        state,
      );
    }
  }
  const current = isAfterDoubt ? await otherKey(session, state, startedAt) : undefined;
  if (current !== undefined) throw superseded(current);
  return done;
}

/** The token as LaunchDarkly shows it, if its current key is another one than the state's. */
async function otherKey(
  { client }: Session,
  { tokenId, tokenLastFour }: State,
  startedAt: number,
): Promise<AccessToken | undefined> {
  const found = await client.getAccessToken(tokenId, startedAt).catch(() => undefined);
  return found?.lastFour === tokenLastFour ? undefined : found;
}
