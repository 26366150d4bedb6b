/** Proves that a key works and belongs to the token, by using it. */
import type { CallerIdentity } from "../client/callerIdentity";
import { LaunchDarklyError } from "../client/launchDarklyError";
import { retrying } from "../client/retrying";
import { printable } from "../model/printable";
import type { Session } from "../run/session";

/**
 * A new key may take a moment to reach all of LaunchDarkly, so a refusal is retried.
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
  if (identity.tokenId === undefined || identity.tokenId === tokenId) return;
  throw new Error(`the key belongs to another access token (${printable(identity.tokenId)})`);
}
