/** Verifies a key by using it: that shows that it works, and whose it is. */
import type { CallerIdentity } from "../client/callerIdentity";
import { LaunchDarklyError } from "../client/launchDarklyError";
import { retrying } from "../client/retrying";
import { printable } from "../model/printable";
import type { Session } from "../run/session";
import { SavedFailure } from "./savedFailure";
import type { Asked, Kept, Order, Strategy } from "./strategy";

/** A key works, but it is another token's: an answer was mixed up on its way. */
export class AnothersKey extends Error {
  /** The token that the key belongs to. */
  readonly tokenId: string;

  constructor(tokenId: string) {
    super(`the key belongs to another access token (${printable(tokenId)})`);
    this.tokenId = tokenId;
  }
}

/**
 * Verifies the key of a state, if that has still to be done.
 *
 * @returns the state, with nothing left to verify
 * @throws {SavedFailure} if the key does not work, or is not the current one
 */
export async function verify<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  order: Order<State, Given>,
): Promise<State> {
  const { state, inputs, startedAt } = order;
  const { key } = state;
  const tokenId = strategy.provableAs(inputs, state);
  if (!state.verificationPending || !inputs.verify || key === null || tokenId === undefined) {
    return { ...state, verificationPending: false };
  }
  try {
    const owner = await ownerOfNewKey(session, key, startedAt);
    if (owner !== undefined && owner !== tokenId) throw new AnothersKey(owner);
    return { ...state, verificationPending: false };
  } catch (error) {
    if (error instanceof AnothersKey) return strategy.afterAnothersKey(session, order, error);
    const isRefused = error instanceof LaunchDarklyError && error.code === "unauthorized";
    const explained = isRefused ? await strategy.afterRefusal(session, order) : undefined;
    if (explained !== undefined) return explained;
    throw new SavedFailure(strategy.saved(state), strategy.says.unproven(state, (error as Error).message));
  }
}

/**
 * A new key may take a moment to reach all of LaunchDarkly, so a refusal is retried.
 *
 * @param startedAt when the rotation began, by `elapsed`
 * @returns the id of its token; undefined if LaunchDarkly does not say
 * @throws {LaunchDarklyError} `unauthorized` if the key does not work, other codes if it can't be told
 */
export async function ownerOfNewKey(
  { client, host }: Session,
  key: string,
  startedAt: number,
): Promise<string | undefined> {
  const identity = await retrying<CallerIdentity>(host, startedAt, async () => {
    try {
      return { kind: "done", result: await client.getCallerIdentity(key, startedAt) };
    } catch (error) {
      if (!(error instanceof LaunchDarklyError) || error.code !== "unauthorized") throw error;
      return {
        kind: "again",
        isRateLimited: false,
        otherwise: () => {
          throw error;
        },
      };
    }
  });
  return identity.tokenId;
}
