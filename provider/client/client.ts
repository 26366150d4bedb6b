/** The requests that a rotation makes to LaunchDarkly. All resources of a stack share one client, and so its limits. */
import { promise as createQueue } from "fastq";

import type { AccessToken } from "../model/accessToken";
import type { ResetReply } from "../model/resetReply";
import { getAccessTokenRequest, processAccessToken, processReset, resetAccessTokenRequest } from "./accessTokens";
import { type ListedToken, listAccessTokensRequest, type Page, processAccessTokenList } from "./accessTokenList";
import { type CallerIdentity, callerIdentityRequest, processCallerIdentity } from "./callerIdentity";
import { CONCURRENCY } from "./limits";
import { requestedWait } from "./rateLimitHeaders";
import { retryWait } from "./retryPolicy";
import type { ServerClock } from "./serverClock";
import type { ApiRequest, Reply, Transport } from "./transport";

export interface Client {
  /**
   * @param since when the work began that this is a part of, by `elapsed`; by default now. Its patience counts from
   * then
   * @throws {LaunchDarklyError} `notFound` if there is no such token
   */
  getAccessToken(tokenId: string, since?: number): Promise<AccessToken>;
  /** All access tokens that the key may see, each once. */
  listAccessTokens(): Promise<ListedToken[]>;
  /**
   * Sends one reset and never a second one.
   *
   * @param expiry says when the old key dies, in epoch milliseconds, or undefined for immediately. It is asked when
   * the request leaves, which may be a while after this call; if it throws, the request is not sent
   */
  resetAccessToken(tokenId: string, expiry: (now: number) => Promise<number | undefined>): Promise<SentReset>;
  /**
   * Asks whose key this is.
   *
   * @param key by default the one that the client authenticates with
   * @param since as for `getAccessToken`
   * @throws {LaunchDarklyError} `unauthorized` if the key does not work
   */
  getCallerIdentity(key?: string, since?: number): Promise<CallerIdentity>;
  /** Epoch milliseconds by LaunchDarkly's clock. */
  now(): number;
}

export interface SentReset {
  /** Epoch milliseconds; undefined for immediately. */
  readonly expiry: number | undefined;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly sentAt: number;
  readonly reply: ResetReply;
}

export interface ClientOptions {
  readonly transport: Transport;
  /** The key to authenticate with; asked for every request. */
  readonly key: () => string;
  readonly clock: ServerClock;
  /** Epoch milliseconds of the local clock. */
  readonly localClock: () => number;
  /** Milliseconds that only grow, whatever happens to the clocks. */
  readonly elapsed: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Told when LaunchDarkly's rate limit holds all requests back for so many milliseconds. */
  readonly onRateLimit: (milliseconds: number) => Promise<void>;
}

/** Requests that were held back together don't leave together. */
const SPREAD_MS = 1_000;

/** How long a rate limit holds requests back that does not say it. */
const UNSAID_WAIT_MS = 2_000;

export function createClient(options: ClientOptions): Client {
  const { transport, key, clock, localClock, elapsed, wait, random, onRateLimit } = options;
  /** No request leaves before, by `elapsed`. */
  let closedUntil = 0;

  const queue = createQueue<unknown, () => Promise<Reply>, Reply>(async (send) => {
    for (let closedFor = closedUntil - elapsed(); closedFor > 0; closedFor = closedUntil - elapsed()) {
      await wait(closedFor + random() * SPREAD_MS);
    }
    return send();
  }, CONCURRENCY);

  async function send(call: ApiRequest): Promise<Reply> {
    const sentAt = localClock();
    const reply = await transport(call);
    if (reply.kind === "answer") {
      clock.observe(reply.headers["date"], sentAt);
      const asked = requestedWait(reply.status, reply.headers, clock.now());
      hold(asked ?? (reply.status === 429 ? UNSAID_WAIT_MS : 0));
    }
    return reply;
  }

  function hold(milliseconds: number): void {
    const until = elapsed() + milliseconds;
    if (milliseconds === 0 || until <= closedUntil) return;
    const isNews = closedUntil <= elapsed();
    closedUntil = until;
    // Not waited for: the answer that is being handed on may hold a new key.
    if (isNews) void onRateLimit(milliseconds);
  }

  async function read(call: ApiRequest, since = elapsed()): Promise<Reply> {
    let failures = 0;
    for (let tries = 1; ; tries++) {
      const reply = await queue.push(() => send(call));
      if (!mayDoBetter(reply)) return reply;
      if (reply.kind !== "answer" || reply.status !== 429) failures++;
      const pause = retryWait({ tries, failures, elapsedMs: elapsed() - since }, random());
      if (pause === undefined) return reply;
      await wait(pause);
    }
  }

  return {
    async getAccessToken(tokenId, since) {
      const call = getAccessTokenRequest(key(), tokenId);
      return processAccessToken(call, tokenId, await read(call, since));
    },
    async listAccessTokens() {
      const found = new Map<string, ListedToken>();
      for (let offset: number | undefined = 0; offset !== undefined;) {
        const call = listAccessTokensRequest(key(), offset);
        const page: Page = processAccessTokenList(call, offset, await read(call));
        const before = found.size;
        for (const token of page.tokens) found.set(token._id, token);
        // A list that brings nothing new would go on for ever.
        offset = found.size > before ? page.next : undefined;
      }
      return [...found.values()];
    },
    async resetAccessToken(tokenId, expiryAt) {
      let sentAt = 0;
      let expiry: number | undefined;
      let call = resetAccessTokenRequest(key(), tokenId, undefined);
      const reply = await queue.push(async () => {
        expiry = await expiryAt(clock.now());
        sentAt = clock.now();
        call = resetAccessTokenRequest(key(), tokenId, expiry);
        return send(call);
      });
      return { expiry, sentAt, reply: processReset(call, tokenId, reply, clock.now()) };
    },
    async getCallerIdentity(asked = key(), since?: number) {
      const call = callerIdentityRequest(asked);
      return processCallerIdentity(call, await read(call, since));
    },
    now: () => clock.now(),
  };
}

/** Whether a request that changes nothing is worth sending again. */
function mayDoBetter(reply: Reply): boolean {
  if (reply.kind !== "answer") return true;
  const isUnreadable = reply.status === 200 && reply.body === undefined;
  return reply.status === 429 || reply.status >= 500 || isUnreadable;
}
