/** Proves that a key works and belongs to the token, by using it. */
import { backoff } from "../client/backoff";
import { LaunchDarklyError } from "../client/launchDarklyError";
import type { Session } from "./session";

/** A new key may take a moment to be known to all of LaunchDarkly. */
const ATTEMPTS = 5;

/**
 * @throws {LaunchDarklyError} `unauthorized` if the key does not work, other codes if it can't be told
 * @throws {Error} if the key belongs to another token
 */
export async function verifyKey({ client, surroundings }: Session, key: string, tokenId: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const identity = await client.getCallerIdentity(key);
      if (identity.tokenId === undefined || identity.tokenId === tokenId) return;
      throw new Error(`the key belongs to another access token (${identity.tokenId})`);
    } catch (error) {
      const isUnauthorized = error instanceof LaunchDarklyError && error.code === "unauthorized";
      if (!isUnauthorized || attempt === ATTEMPTS) throw error;
      await surroundings.wait(backoff(attempt, surroundings.random()));
    }
  }
}
