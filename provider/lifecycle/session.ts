/** What all resources of a run share: one client, and one look at whose key it authenticates with. */
import type { CallerIdentity } from "../client/callerIdentity";
import { type Client, createClient } from "../client/client";
import { createServerClock } from "../client/serverClock";
import { createTransport } from "../client/transport";
import type { Configuration } from "./configuration";
import type { Surroundings } from "./surroundings";
import { userAgent } from "./userAgent";

export interface Session {
  readonly client: Client;
  readonly surroundings: Surroundings;
  /**
   * Whose key the client authenticates with, asked once per run. It also sets LaunchDarkly's clock, which the grace
   * of an old key is measured from.
   *
   * @throws {LaunchDarklyError} if the key does not work
   */
  admin(): Promise<CallerIdentity>;
}

export function createSession({ apiHost, accessToken }: Configuration, surroundings: Surroundings): Session {
  const { clock, random, wait } = surroundings;
  const client = createClient({
    transport: createTransport(apiHost, userAgent),
    key: accessToken,
    clock: createServerClock(clock),
    random,
    wait,
  });
  let admin: Promise<CallerIdentity> | undefined;
  return {
    client,
    surroundings,
    admin() {
      admin ??= client.getCallerIdentity();
      return admin;
    },
  };
}
