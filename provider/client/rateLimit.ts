/**
 * Has requests wait for their turn, as LaunchDarkly's rate limits ask. Source of their headers:
 * https://launchdarkly.com/docs/api#rate-limiting
 */
import { promise as createQueue } from "fastq";

import type { Time } from "./retrying";

/** Much longer than LaunchDarkly's windows. A header that asks for more is broken, or uses another clock. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** How many requests are left, and what tells the windows that this was said of from later ones. */
export interface RequestsLeft {
  readonly left: number;
  readonly window: string;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** Each window says how many requests are left in it, and when it opens anew, in epoch milliseconds. */
const windows = [
  { remaining: "x-ratelimit-global-remaining", reset: "x-ratelimit-reset" },
  { remaining: "x-ratelimit-route-remaining", reset: "x-ratelimit-reset" },
  { remaining: "x-ratelimit-auth-token-remaining", reset: "x-ratelimit-auth-token-reset" },
];

/**
 * How long an answer asks to wait before the next request of any kind.
 *
 * `Retry-After`, sent for limits by IP address and by overloaded servers, holds seconds. A 429 that says nothing of
 * what is left counts for every window it names.
 *
 * The instants are measured from the answer's own `Date`, which is cut to the second: the wait may be a second too
 * long, and never too short.
 *
 * @param now epoch milliseconds, for an answer without a date
 * @returns milliseconds, 0 or more; undefined if it does not ask for it
 */
export function requestedWait(status: number, headers: Headers, now: number): number | undefined {
  const retryAfter = wholeNumber(headers["retry-after"]);
  const exhausted = windows.filter(({ remaining }) => wholeNumber(headers[remaining]) === 0);
  const counted = status === 429 && exhausted.length === 0 && retryAfter === undefined ? windows : exhausted;
  const date = Date.parse(headers["date"] ?? "");
  const answeredAt = Number.isNaN(date) ? now : date;
  const waits = counted
    .map(({ reset }) => wholeNumber(headers[reset]))
    .filter((instant) => instant !== undefined)
    .map((instant) => instant - answeredAt);
  if (retryAfter !== undefined) waits.push(retryAfter * 1000);
  return waits.length === 0 ? undefined : Math.min(Math.max(0, ...waits), LONGEST_WAIT_MS);
}

/** How many more requests the narrowest of the windows lets through; undefined if the headers don't say. */
export function requestsLeft(headers: Headers): RequestsLeft | undefined {
  const counts = windows.map(({ remaining }) => wholeNumber(headers[remaining])).filter((count) => count !== undefined);
  if (counts.length === 0) return undefined;
  const resets = new Set(windows.map(({ reset }) => headers[reset]));
  return { left: Math.min(...counts), window: [...resets].join() };
}

function wholeNumber(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,15}$/.test(header.trim()) ? Number(header) : undefined;
}

/** Which waits for LaunchDarkly's rate limit are worth a message. */
export interface WaitNotices {
  /**
   * The first one, and then each that is at least twice as long as the last one shown. A rate limit of ten minutes would
   * otherwise be shown a hundred times.
   */
  isNews(milliseconds: number): boolean;
  /** Something was rotated meanwhile: the next wait is news again, and says how far the run is. */
  forget(): void;
}

export function createWaitNotices(): WaitNotices {
  let last = 0;
  return {
    isNews(milliseconds) {
      if (milliseconds < 2 * last) return false;
      last = milliseconds;
      return true;
    },
    forget() {
      last = 0;
    },
  };
}

/** The permission to send a request. It must be ended, whether anything was sent or not. */
export interface Turn {
  end(): void;
}

export interface Turns {
  /** Resolves when a request may leave, which may be a while after this call. */
  next(): Promise<Turn>;
  /** The same for a request that does not wait for the rate limit: undefined if that holds requests back. */
  nextIfOpen(): Promise<Turn | undefined>;
  /**
   * Holds all further requests back for so many milliseconds.
   *
   * @returns whether they are held back for longer than before
   */
  hold(milliseconds: number): boolean;
  /** Takes note of an answer, so that no more requests are under way than the window lets through. */
  observe(answer: Observed): void;
}

export interface Observed {
  /** Whether the rate limit has refused the request. */
  readonly isRefused: boolean;
  /** What the answer says of the window; undefined if nothing. */
  readonly budget: Budget | undefined;
}

/** How many more requests a window lets through. */
export interface Budget {
  readonly left: number;
  /** What tells the window from others. */
  readonly window: string;
}

interface Waiting {
  readonly isPatient: boolean;
  /** @param turn undefined for a request that does not wait, and can't leave */
  begin(turn: Turn | undefined): void;
}

/** Requests that were held back together don't leave together. */
const SPREAD_MS = 1_000;

/**
 * Begins wide. What a window has left bounds what is under way, so that none of it is refused. After a wait one request
 * goes ahead, and its answer says what the new window holds. A refusal halves the width, and each other answer gives one
 * back, for limits of which the headers say nothing.
 *
 * @param width how many requests may be under way at once, at the most
 */
export function createTurns(width: number, { elapsed, wait, random }: Time): Turns {
  /** No request leaves before, by `elapsed`. */
  let closedUntil = 0;
  let narrowed = width;
  let budget: Budget | undefined;

  const isClosed = () => closedUntil > elapsed();

  const queue = createQueue<unknown, Waiting, undefined>(async ({ begin, isPatient }) => {
    if (!isPatient && isClosed()) {
      begin(undefined);
      return undefined;
    }
    for (let closedFor = closedUntil - elapsed(); closedFor > 0; closedFor = closedUntil - elapsed()) {
      await wait(closedFor + random() * SPREAD_MS);
    }
    await new Promise<void>((end) => {
      begin({ end });
    });
    return undefined;
  }, width);

  return {
    next: () =>
      new Promise((resolve, reject) => {
        const begin = (turn: Turn | undefined) => {
          if (turn !== undefined) resolve(turn);
        };
        queue.push({ begin, isPatient: true }).catch(reject);
      }),
    nextIfOpen: () =>
      new Promise((resolve, reject) => {
        // Not behind one that waits.
        if (isClosed()) resolve(undefined);
        else queue.push({ begin: resolve, isPatient: false }).catch(reject);
      }),
    hold(milliseconds) {
      const until = elapsed() + milliseconds;
      if (milliseconds === 0 || until <= closedUntil) return false;
      closedUntil = until;
      budget = undefined;
      queue.concurrency = 1;
      return true;
    },
    observe({ isRefused, budget: said }) {
      narrowed = isRefused ? Math.max(1, Math.floor(narrowed / 2)) : Math.min(width, narrowed + 1);
      // Answers overtake each other: the least that was said of a window is the latest.
      if (said !== undefined && !(said.window === budget?.window && said.left >= budget.left)) budget = said;
      queue.concurrency = isClosed() ? 1 : Math.max(1, Math.min(narrowed, budget?.left ?? width));
    },
  };
}
