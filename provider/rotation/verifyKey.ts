/** Proves that a key works and belongs to the token, by using it. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { retryWait } from "../client/retryPolicy";
import type { Session } from "../run/session";

/**
 * A new key may take a moment to be known to all of LaunchDarkly, so a refusal is asked again.
 *
 * @param startedAt when the rotation began, by `elapsed`
 * @throws {LaunchDarklyError} `unauthorized` if the key does not work, other codes if it can't be told
 * @throws {Error} if the key belongs to another token
 */
export async function verifyKey(
  { client, surroundings }: Session,
  key: string,
  tokenId: string,
  startedAt: number,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const identity = await client.getCallerIdentity(key, startedAt);
      if (identity.tokenId === undefined || identity.tokenId === tokenId) return;
      throw new Error(`the key belongs to another access token (${identity.tokenId})`);
    } catch (error) {
      if (!(error instanceof LaunchDarklyError) || error.code !== "unauthorized") throw error;
      const elapsedMs = surroundings.elapsed() - startedAt;
      const pause = retryWait({ tries, failures: tries, elapsedMs }, surroundings.random());
      if (pause === undefined) throw error;
      await surroundings.wait(pause);
    }
  }
}
