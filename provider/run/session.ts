/** What all resources of a run share: one client, and one look at whose key it authenticates with. */
import { type CallerIdentity, callerRoleOperation, processCallerRole } from "../client/callerIdentity";
import { type Client, createClient } from "../client/client";
import { LaunchDarklyError, type LaunchDarklyErrorCode } from "../client/errors";
import { CONNECT_TIMEOUT_MS, ONCE } from "../client/limits";
import { proxyFor } from "../client/proxy";
import { createServerClock } from "../client/serverClock";
import { createTransport } from "../client/transport";
import { clockWarning, describeWait } from "../messages/run";
import { SETTING } from "../model/settingNames";
import type { Home } from "../model/state";
import { version } from "../version";
import type { Configuration } from "./configuration";
import type { Host } from "./host";
import type { Progress } from "./progress";

/** How this package names itself to LaunchDarkly. */
export const userAgent = `pulumi-launchdarkly-rotation/${version}`;

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
  /** Where the run works, for a state to note: the account is known once `admin` has been asked, or from the state. */
  home(): Home;
  /**
   * Sends nothing.
   *
   * @throws {UserError} if the run is known to work elsewhere than where the credential lives that the session is held to
   */
  assertHome(): void;
  /**
   * The same where LaunchDarkly's answer says something else than the state, or nothing: asks whose the account is, once
   * per run.
   *
   * @throws {UserError} if the run works elsewhere
   * @throws {LaunchDarklyError} if it can't be told
   */
  assertAccount(): Promise<void>;
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
    // It is held to no credential yet: home.ts does that.
    assertHome: () => undefined,
    assertAccount: () => Promise.resolve(),
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
          const { reply, key: by } = await client.sendIdempotent(operation, undefined, ONCE);
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

/** What to do about the key that the stack authenticates with. */
export const CHECK_CONFIGURATION = `Check ${SETTING.accessToken}.`;

/** The same at a refresh, which Pulumi configures from the state. */
export const CHECK_SETTINGS_OF_LAST_UP = `A refresh uses the settings of the last pulumi up, not today's. If ${SETTING.accessToken} has changed since, run pulumi up without --refresh, or pulumi refresh --run-program; if it has not, check it.`;

/** The same where a resource is deleted that no program has run for, as in a destroy. */
export const CHECK_SETTINGS_OF_DESTROY = `Without the program, Pulumi deletes with the settings of the last pulumi up, not today's. If ${SETTING.accessToken} has changed since, run pulumi destroy --run-program for a destroy; for a resource that left the program, run pulumi up while the program still has it. If it has not, check it.`;

/** What other settings may get past. */
const REFUSALS: readonly LaunchDarklyErrorCode[] = ["unauthorized", "forbidden", "notFound", "refused", "unreachable"];

/** Whether LaunchDarkly refused, or was not found where the settings say. */
export function isRefusal({ code }: LaunchDarklyError): boolean {
  return REFUSALS.includes(code);
}

/** What an error says, with the advice if other settings may get past it. */
export function advised(error: LaunchDarklyError, advice: string): string {
  return isRefusal(error) ? `${error.message} ${advice}` : error.message;
}

/**
 * @returns a handler of a rejection
 * @throws {LaunchDarklyError} with the advice, if the key was refused; any other error as it is
 */
export function advise(advice: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof LaunchDarklyError) || error.code !== "unauthorized") throw error;
    throw new LaunchDarklyError(error.code, `${error.message} ${advice}`, error.status);
  };
}

/** What has passed by now has passed by both clocks. In epoch milliseconds. */
export function earlierNow({ client, host }: Session): number {
  return Math.min(client.now(), host.clock());
}

/** What is ahead of now is ahead by both clocks. In epoch milliseconds. */
export function laterNow({ client, host }: Pick<Session, "client" | "host">): number {
  return Math.max(client.now(), host.clock());
}
