/** Asks a key whose it is, by using it: so it is proved that it works and belongs to the token. */
import type { CallerIdentity } from "../client/callerIdentity";
import { LaunchDarklyError } from "../client/launchDarklyError";
import { retrying } from "../client/retrying";
import { printable } from "../model/printable";
import type { Session } from "../run/session";

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
 * @param startedAt when the rotation began, by `elapsed`
 * @throws {LaunchDarklyError} `unauthorized` if the key does not work, other codes if it can't be told
 * @throws {AnothersKey} if the key belongs to another token
 */
export async function verifyKey(session: Session, key: string, tokenId: string, startedAt: number): Promise<void> {
  const owner = await ownerOfNewKey(session, key, startedAt);
  if (owner !== undefined && owner !== tokenId) throw new AnothersKey(owner);
}

/**
 * A new key may take a moment to reach all of LaunchDarkly, so a refusal is retried.
 *
 * @param startedAt when the rotation began, by `elapsed`
 * @returns the id of its token; undefined if LaunchDarkly does not say
 * @throws {LaunchDarklyError} `unauthorized` if the key does not work, other codes if it can't be told
 */
export async function ownerOfNewKey(
  { client, surroundings }: Session,
  key: string,
  startedAt: number,
): Promise<string | undefined> {
  const identity = await retrying<CallerIdentity>(surroundings, startedAt, async () => {
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
