/** Asks LaunchDarkly whether a key is dead. */
import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/launchDarklyError";

/** Whether LaunchDarkly says for sure that it does not accept a key. */
export function isRefused(client: Client, key: string): Promise<boolean> {
  return client.getCallerIdentity(key).then(
    () => false,
    (error: unknown) => error instanceof LaunchDarklyError && error.code === "unauthorized",
  );
}
