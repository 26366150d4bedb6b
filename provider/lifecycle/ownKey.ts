/** A refresh whose admin key LaunchDarkly does not accept any more: asks with the key that the resource itself holds. */
import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/launchDarklyError";

type Reading = Pick<Client, "read" | "elapsed">;

/**
 * What reads with an access token's own key.
 *
 * @param refusal what came back of a request with the admin key
 * @param key the token's own key; null if the stack holds none
 * @returns undefined if the admin key was not refused, or the token's own key does not prove that it is the token's
 */
export async function ownReader(
  client: Client,
  refusal: unknown,
  key: string | null,
  tokenId: string | null | undefined,
): Promise<Reading | undefined> {
  if (!(refusal instanceof LaunchDarklyError) || refusal.code !== "unauthorized") return undefined;
  if (key === null || tokenId === null || tokenId === undefined) return undefined;
  const isOwn = await client.getCallerIdentity(key).then(
    (caller) => caller.tokenId === tokenId,
    () => false,
  );
  if (!isOwn) return undefined;
  return { read: (operation, _key, since) => client.read(operation, key, since), elapsed: () => client.elapsed() };
}

/** What the token's own key may see; undefined if its role does not let it. */
export async function ifAllowed<Seen>(asked: Promise<Seen>): Promise<Seen | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof LaunchDarklyError && ["forbidden", "notFound"].includes(error.code)) return undefined;
    throw error;
  });
}
