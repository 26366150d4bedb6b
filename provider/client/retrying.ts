/** The one loop in which something is tried again: what a try came to decides, and retryPolicy.ts says when. */
import { retryWait } from "./retryPolicy";

export interface Time {
  /** Milliseconds that only grow, whatever happens to the clock. */
  readonly elapsed: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

export type Try<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | {
      readonly kind: "again";
      /** Whether it met a rate limit: then it costs patience, and none of the attempts. */
      readonly isRateLimited: boolean;
      /** What it comes to if there is no other try. */
      readonly otherwise: () => Result;
    };

/** @param since when the work began that this is a part of, by `elapsed`: its patience counts from then */
export async function retrying<Result>(
  { elapsed, wait, random }: Time,
  since: number,
  attempt: () => Promise<Try<Result>>,
): Promise<Result> {
  let failures = 0;
  for (let tries = 1; ; tries++) {
    const tried = await attempt();
    if (tried.kind === "done") return tried.result;
    if (!tried.isRateLimited) failures++;
    const pause = retryWait({ tries, failures, elapsedMs: elapsed() - since }, random());
    if (pause === undefined) return tried.otherwise();
    await wait(pause);
  }
}
