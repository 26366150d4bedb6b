/** What all resources of a run share: one client, and one look at whose key it authenticates with. */
import { type CallerIdentity, callerRoleOperation, processCallerRole } from "../client/callerIdentity";
import { type Client, createClient } from "../client/client";
import { CONNECT_TIMEOUT_MS, ONCE } from "../client/limits";
import { proxyFor } from "../client/proxySetting";
import { createServerClock } from "../client/serverClock";
import { createTransport } from "../client/transport";
import { clockWarning } from "../messages/clockWarning";
import { describeWait } from "../messages/waiting";
import type { Home } from "../model/home";
import type { Configuration } from "./configuration";
import { advise, CHECK_CONFIGURATION } from "./keyAdvice";
import type { Progress } from "./progress";
import type { Host } from "./host";
import { userAgent } from "./userAgent";

export interface Session {
  readonly client: Client;
  readonly host: Host;
  readonly progress: Progress;
  /**
   * Whose key the client authenticates with, asked once per run. It also sets LaunchDarkly's clock, which the grace
   * of an old key is measured from.
   *
   * @param since when the work began that this is a part of, by `elapsed`
   * @throws {LaunchDarklyError} if the key does not work
   */
  admin(since?: number): Promise<CallerIdentity>;
  /** Where the run works: the account is known once `admin` has been asked. */
  home(): Home;
  /**
   * The base role of that key, asked once per run, and without another try; undefined if it has none, or LaunchDarkly
   * does not say.
   *
   * @throws {LaunchDarklyError} if LaunchDarkly gave no answer
   */
  adminRole(): Promise<string | undefined>;
  /** Whether the key that the client authenticates with ends so. */
  isAdminKeyEnding(lastFour: string | null): boolean;
  /** Lets the rest of the run authenticate with another key. */
  authenticateWith(key: string): void;
}

export function createSession(
  { apiHost, accessToken, responseTimeoutMs }: Configuration,
  host: Host,
  progress: Progress,
): Session {
  const { clock, elapsed, random, wait, log, environment } = host;
  let key = accessToken;
  const client = createClient({
    transport: createTransport({
      host: apiHost,
      userAgent,
      proxy: proxyFor(new URL(apiHost), environment),
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      responseTimeoutMs,
    }),
    key: () => key,
    clock: createServerClock(clock, (aheadMs) => void log("warning", clockWarning(aheadMs))),
    localClock: clock,
    elapsed,
    random,
    wait,
    onRateLimit: (milliseconds) => log("info", describeWait(milliseconds, progress.due.size, progress.done.size)),
  });
  let admin: Promise<CallerIdentity> | undefined;
  let account: string | undefined;
  let adminRole: Promise<string | undefined> | undefined;
  return {
    client,
    host,
    progress,
    isAdminKeyEnding: (lastFour) => lastFour !== null && key.endsWith(lastFour),
    authenticateWith(other) {
      key = other;
    },
    home: () => ({ host: apiHost, accountId: account ?? null }),
    admin(since) {
      admin ??= client.getCallerIdentity(undefined, since).then(
        (identity) => {
          account = identity.accountId;
          return identity;
        },
        (error: unknown) => {
          // A temporary failure of one resource must not fail all of them.
          admin = undefined;
          return advise(CHECK_CONFIGURATION)(error);
        },
      );
      return admin;
    },
    adminRole() {
      adminRole ??= this.admin(ONCE)
        .then(async ({ tokenId }) => {
          if (tokenId === undefined) return undefined;
          const operation = callerRoleOperation(tokenId);
          const { reply, key: by } = await client.read(operation, undefined, ONCE);
          return processCallerRole(operation, reply, by);
        })
        .catch((error: unknown) => {
          adminRole = undefined;
          throw error;
        });
      return adminRole;
    },
  };
}
