/** What the provider takes from the process it runs in: its clock, chance, environment and engine. */

/**
 * Shows a message to people; resolves when it is on its way. Never fails.
 *
 * @param urn the resource that it is shown under; undefined for the stack
 */
export type Log = (severity: "info" | "warning", message: string, urn?: string) => Promise<void>;

export interface Host {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds that only grow, whatever happens to the clock. */
  readonly elapsed: () => number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly environment: (name: string) => string | undefined;
  readonly log: Log;
  /** What the names of the stack's settings begin with here, such as `launchdarkly` in `launchdarkly:accessToken`. */
  readonly namespace: string;
  /** Whether the Pulumi run that this process works for has ended without it. */
  readonly isEngineGone: () => Promise<boolean>;
}
