/** Lets requests leave in turn: as many at once as LaunchDarkly allows, and none while its rate limit holds them back. */
import { promise as createQueue } from "fastq";

import type { Time } from "./retrying";

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
