/** What a credential's own key tells of it, where LaunchDarkly's API accepts that key. */
import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/launchDarklyError";
import { describeHidden } from "../messages/drift";
import { UserError } from "../messages/userError";
import type { Wording } from "../model/credential";
import type { Session } from "../run/session";
import type { Kept, OwnReading } from "./strategy";

/** Whether LaunchDarkly says for sure that it does not accept a key. */
export function isRefused(client: Client, key: string): Promise<boolean> {
  return client.getCallerIdentity(key).then(
    () => false,
    (error: unknown) => error instanceof LaunchDarklyError && error.code === "unauthorized",
  );
}

/** Asks with an access token's own key; undefined if the stack holds none, or it does not prove that it is the token's. */
export async function ownReading(
  client: Client,
  key: string | null,
  tokenId: string | undefined,
): Promise<OwnReading | undefined> {
  if (key === null || tokenId === undefined) return undefined;
  const isOwn = await client.getCallerIdentity(key).then(
    (caller) => caller.tokenId === tokenId,
    () => false,
  );
  if (!isOwn) return undefined;
  return {
    key,
    read: (operation, _key, since) => client.read(operation, key, since),
    elapsed: () => client.elapsed(),
  };
}

/** What the own key may see; undefined if its role does not let it. */
export async function ifAllowed<Seen>(asked: Promise<Seen>): Promise<Seen | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof LaunchDarklyError && ["forbidden", "notFound"].includes(error.code)) return undefined;
    throw error;
  });
}

/**
 * What the admin key can't see looks deleted. Its key would be lost with the resource, so the key is asked first.
 *
 * @param tokenId the access token whose key it is; undefined if it can't be asked
 * @param advice what to do then
 * @throws {UserError} if it is not refused
 */
export async function refuseIfAlive(
  { client }: Session,
  wording: Pick<Wording, "it">,
  { key }: Pick<Kept, "key">,
  tokenId: string | undefined,
  advice: string,
): Promise<void> {
  if (key === null || tokenId === undefined || (await isRefused(client, key))) return;
  throw new UserError(`${describeHidden(wording)} ${advice}`);
}
