/** The requests that a rotation makes to LaunchDarkly, bounded in number at a time. */
import { promise as createQueue } from "fastq";

import type { AccessToken } from "../schemas/accessToken";
import type { ResetReply } from "../schemas/resetReply";
import { getAccessTokenRequest, processAccessToken, processReset, resetAccessTokenRequest } from "./accessTokens";
import { backoff } from "./backoff";
import { type CallerIdentity, callerIdentityRequest, processCallerIdentity } from "./callerIdentity";
import { retryDelay } from "./retryDelay";
import type { ServerClock } from "./serverClock";
import type { ApiRequest, Reply, Transport } from "./transport";

/** Requests under way at once, over all resources of a stack. */
const CONCURRENCY = 4;
/** A request that changes nothing is sent this often at the most. */
const READ_ATTEMPTS = 5;
/** How long one answer may take. */
const TIMEOUT_MS = 30_000;

export interface Client {
  /** @throws {LaunchDarklyError} `notFound` if there is no such token */
  getAccessToken(tokenId: string): Promise<AccessToken>;
  /**
   * Sends one reset and never a second one.
   *
   * @param expiry when the old key dies, in epoch milliseconds; undefined for immediately
   */
  resetAccessToken(tokenId: string, expiry: number | undefined): Promise<ResetReply>;
  /**
   * Asks whose key this is.
   *
   * @param key by default the one that the client authenticates with
   * @throws {LaunchDarklyError} `unauthorized` if the key does not work
   */
  getCallerIdentity(key?: string): Promise<CallerIdentity>;
  /** Epoch milliseconds by LaunchDarkly's clock. */
  now(): number;
}

export interface ClientOptions {
  readonly transport: Transport;
  /** The key to authenticate with. */
  readonly key: string;
  readonly clock: ServerClock;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

export function createClient({ transport, key, clock, wait, random }: ClientOptions): Client {
  const queue = createQueue<unknown, Omit<ApiRequest, "timeoutMs">, Reply>(async (call) => {
    const reply = await transport({ ...call, timeoutMs: TIMEOUT_MS });
    if (reply.kind === "answer") clock.observe(reply.headers["date"]);
    return reply;
  }, CONCURRENCY);

  async function read(call: Omit<ApiRequest, "timeoutMs">): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const reply = await queue.push(call);
      if (!mayDoBetter(reply) || attempt === READ_ATTEMPTS) return reply;
      const asked = reply.kind === "answer" ? retryDelay(reply.status, reply.headers, clock.now()) : undefined;
      await wait((asked ?? 0) + backoff(attempt, random()));
    }
  }

  return {
    async getAccessToken(tokenId) {
      const call = getAccessTokenRequest(key, tokenId);
      return processAccessToken(call, tokenId, await read(call));
    },
    async resetAccessToken(tokenId, expiry) {
      const call = resetAccessTokenRequest(key, tokenId, expiry);
      return processReset(call, tokenId, await queue.push(call), clock.now());
    },
    async getCallerIdentity(asked = key) {
      const call = callerIdentityRequest(asked);
      return processCallerIdentity(call, await read(call));
    },
    now: () => clock.now(),
  };
}

/** Whether a request that changes nothing is worth sending again. */
function mayDoBetter(reply: Reply): boolean {
  return reply.kind !== "answer" || reply.status === 429 || reply.status >= 500 || isUnreadable(reply);
}

function isUnreadable({ status, body }: Extract<Reply, { kind: "answer" }>): boolean {
  return status === 200 && body === undefined;
}
