/** Lets requests leave in turn: so many at once, and none while LaunchDarkly's rate limit holds them back. */
import { promise as createQueue } from "fastq";

import type { Time } from "./retrying";

/** The permission to send a request. It must be ended, whether anything was sent or not. */
export interface Turn {
  end(): void;
}

export interface Turns {
  /** Resolves when a request may leave, which may be a while after this call. */
  next(): Promise<Turn>;
  /**
   * Holds all further requests back for so many milliseconds.
   *
   * @returns whether they are held back for longer than before
   */
  hold(milliseconds: number): boolean;
}

/** Requests that were held back together don't leave together. */
const SPREAD_MS = 1_000;

/** @param width how many requests may be under way at once */
export function createTurns(width: number, { elapsed, wait, random }: Time): Turns {
  /** No request leaves before, by `elapsed`. */
  let closedUntil = 0;

  const queue = createQueue<unknown, (turn: Turn) => void, undefined>(async (begin) => {
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
        queue.push(resolve).catch(reject);
      }),
    hold(milliseconds) {
      const until = elapsed() + milliseconds;
      if (milliseconds === 0 || until <= closedUntil) return false;
      closedUntil = until;
      return true;
    },
  };
}
