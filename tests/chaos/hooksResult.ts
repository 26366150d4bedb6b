/** What hooks that never give up came to. */
import type { Run } from "./recovery";

export interface HooksResult {
  /** Runs that had them. */
  readonly runs: number;
  /** Calls that they had repeated. */
  readonly retries: number;
  /** Resources whose call succeeded in the end, with its work left to the next run. */
  readonly leftUndone: number;
}

export function hooksResult(runs: readonly Pick<Run, "isHooked" | "output">[]): HooksResult {
  const hooked = runs.filter(({ isHooked }) => isHooked);
  // The last line of hooked.ts; none of a run that was killed.
  const retriesIn = (output: string) => Number(/^hooks: asked for (\d+) more tries$/m.exec(output)?.[1] ?? 0);
  const sum = (count: (output: string) => number) => hooked.reduce((total, { output }) => total + count(output), 0);
  return {
    runs: hooked.length,
    retries: sum(retriesIn),
    // Pulumi prints a warning several times.
    leftUndone: sum((output) => new Set(output.match(/warning: Left undone \([^)]*\)/g)).size),
  };
}
