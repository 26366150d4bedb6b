/** The one retry loop. The outcome of an attempt decides whether to retry, and retryPolicy.ts when. */
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
      /** Whether it met a rate limit. That takes time, and does not count as an attempt. */
      readonly isRateLimited: boolean;
      /** The outcome if nothing is retried. */
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
