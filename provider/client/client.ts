/** Sends requests to LaunchDarkly. All resources of a run share one client, and so its limits. */
import type { Found, ResetReply } from "../model/answers";
import type { ResetCredential } from "../model/credential";
import type { Identity } from "../model/state";
import { type CallerIdentity, callerIdentityOperation, processCallerIdentity } from "./callerIdentity";
import { lookOperation, processLook, processReset, resetOperation } from "./credentialRequests";
import { LaunchDarklyError, type Operation } from "./errors";
import { CONCURRENCY, ONCE } from "./limits";
import { createTurns, createWaitNotices, requestedWait, requestsLeft, type Turn } from "./rateLimit";
import { retrying, type Time } from "./retrying";
import { answerDate, type ServerClock } from "./serverClock";
import type { Reply, Transport } from "./transport";

export interface Client {
  /**
   * Sends a request that is safe to repeat, and retries it: it changes nothing, or a second one changes nothing more.
   *
   * @param key by default the one that the client authenticates with
   * @param since when the work began that this is a part of, by `elapsed`; by default now. Its patience counts from
   * then. `ONCE` for a request that does not wait
   * @throws {LaunchDarklyError} `rateLimited` if it does not wait, and the rate limit holds requests back
   */
  sendIdempotent(
    operation: Operation,
    key?: string,
    since?: number,
  ): Promise<{ readonly reply: Reply; readonly key: string }>;
  /**
   * Looks at a credential.
   *
   * @param since as for `read`
   * @throws {LaunchDarklyError} `notFound` if there is no such credential
   */
  look(credential: ResetCredential, identity: Identity, since?: number): Promise<Found>;
  /**
   * Asks whose key this is.
   *
   * @param key by default the one that the client authenticates with
   * @param since as for `read`
   * @throws {LaunchDarklyError} `unauthorized` if the key does not work
   */
  getCallerIdentity(key?: string, since?: number): Promise<CallerIdentity>;
  /** Resolves when a request may leave, which may be a while after this call. */
  turn(): Promise<Turn>;
  /**
   * Sends a request once, and never a second time.
   *
   * @param _turn the permission to send it now
   */
  once(_turn: Turn, operation: Operation): Promise<{ readonly reply: Reply; readonly key: string }>;
  /**
   * Sends one reset and never a second one.
   *
   * @param _turn the permission to send it now
   * @param expiry when the old key dies, in epoch milliseconds; undefined for immediately
   */
  reset(_turn: Turn, credential: ResetCredential, identity: Identity, expiry: number | undefined): Promise<ResetReply>;
  /** Epoch milliseconds by LaunchDarkly's clock, as far as that is believed. */
  now(): number;
  /** Milliseconds that only grow, whatever happens to the clock. */
  elapsed(): number;
}

export interface ClientOptions extends Time {
  readonly transport: Transport;
  /** The key to authenticate with; asked for every request. */
  readonly key: () => string;
  readonly clock: ServerClock;
  /** Epoch milliseconds of the local clock. */
  readonly localClock: () => number;
  /** Told when LaunchDarkly's rate limit holds all requests back for so many milliseconds, if that is news. */
  readonly onRateLimit: (milliseconds: number) => Promise<void>;
}

/** How long to wait for a rate limit that does not say how long. */
const UNSAID_WAIT_MS = 2_000;

export function createClient(options: ClientOptions): Client {
  const { transport, key, clock, localClock, elapsed, onRateLimit } = options;
  const turns = createTurns(CONCURRENCY, options);
  const notices = createWaitNotices();

  /** @param isWaited whether others wait for what the answer holds back */
  async function send(
    { method, path, query, body, apiVersion }: Operation,
    by: string,
    isWaited = true,
  ): Promise<Reply> {
    const sentAt = localClock();
    const reply = await transport({ method, path, query, body, apiVersion, key: by });
    if (reply.kind === "answer") {
      clock.observe(answerDate(reply.headers), sentAt);
      const asked = requestedWait(reply.status, reply.headers, clock.now());
      const pause = asked ?? (reply.status === 429 ? UNSAID_WAIT_MS : 0);
      turns.observe({ isRefused: reply.status === 429, budget: requestsLeft(reply.headers) });
      if (method === "POST" && reply.status < 300) notices.forget();
      // Not waited for: the answer that is being handed on may hold a new key.
      if (turns.hold(pause) && isWaited && notices.isNews(pause)) void onRateLimit(pause);
    }
    return reply;
  }

  async function sendIdempotent(operation: Operation, by = key(), since = elapsed()) {
    const reply = await retrying<Reply>(options, since, async () => {
      const turn = since === ONCE ? await turns.nextIfOpen() : await turns.next();
      if (turn === undefined) throw heldBack(operation);
      const result = await send(operation, by, since !== ONCE).finally(turn.end);
      if (!mayDoBetter(result, operation)) return { kind: "done", result };
      const isRateLimited = result.kind === "answer" && result.status === 429;
      return { kind: "again", isRateLimited, otherwise: () => result };
    });
    return { reply, key: by };
  }

  async function once(_turn: Turn, operation: Operation) {
    const by = key();
    return { reply: await send(operation, by), key: by };
  }

  return {
    sendIdempotent,
    async look(credential, identity, since) {
      const operation = lookOperation(credential, identity);
      const { reply, key: by } = await sendIdempotent(operation, undefined, since);
      return processLook(credential, operation, reply, by);
    },
    async getCallerIdentity(asked, since) {
      const { reply, key: by } = await sendIdempotent(callerIdentityOperation, asked, since);
      return processCallerIdentity(reply, by);
    },
    turn: () => turns.next(),
    once,
    async reset(turn, credential, identity, expiry) {
      const operation = resetOperation(credential, identity, expiry);
      const { reply, key: by } = await once(turn, operation);
      return processReset(credential, operation, reply, by, clock.now());
    },
    now: () => clock.now(),
    elapsed,
  };
}

/** A request that was not sent. */
function heldBack({ action }: Operation): LaunchDarklyError {
  const message = `LaunchDarkly's rate limit holds back the request to ${action}, which was not sent. Try again in a minute.`;
  return new LaunchDarklyError("rateLimited", message);
}

/** Whether a request that may be sent twice is worth sending again. */
function mayDoBetter(reply: Reply, { isConditional = false }: Operation): boolean {
  if (reply.kind !== "answer") return true;
  if (reply.status === 409 && isConditional) return false;
  const isUnreadable = reply.status === 200 && reply.body === undefined;
  // 409: somebody else's change came between, and is over by now.
  return [409, 429].includes(reply.status) || reply.status >= 500 || isUnreadable;
}
