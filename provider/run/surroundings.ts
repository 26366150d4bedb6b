/** What the provider takes from the process it runs in: its clock, chance, environment and engine. */
import type { EngineLog } from "./engineLog";

export interface Surroundings {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds that only grow, whatever happens to the clock. */
  readonly elapsed: () => number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly environment: (name: string) => string | undefined;
  readonly log: EngineLog;
  /** Whether the Pulumi run that this process works for has ended without it. */
  readonly isEngineGone: () => Promise<boolean>;
}
