/** All that the provider takes from the process it runs in; nothing else reads the clock, chance or the environment. */
import { setTimeout as sleep } from "node:timers/promises";

import { isNobodyListening } from "./engineConnection";
import { createEngineLog, type EngineLog } from "./engineLog";

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

const clock = () => Date.now();

/** Pulumi gives it to a provider's process as the last argument. */
const engineAddress = process.argv.at(-1) ?? "";

export const processSurroundings: Surroundings = {
  clock,
  elapsed: () => performance.now(),
  random: () => Math.random(),
  wait: (milliseconds) => sleep(milliseconds),
  environment: (name) => process.env[name],
  log: createEngineLog(engineAddress, clock),
  isEngineGone: () => isNobodyListening(engineAddress),
};
