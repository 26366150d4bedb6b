/** All that the provider takes from the process it runs in; nothing else reads the clock, chance or the environment. */
import { setTimeout as sleep } from "node:timers/promises";

import type { Host } from "../../run/host";
import { shared } from "../../shared";
import { version } from "../../version";
import { createEngineLog, createEngineWatch } from "../engine";
import { sdkGrpc } from "./sdkGrpc";

const clock = () => Date.now();

/** Pulumi gives it to a provider's process as the last argument. */
const engineAddress = process.argv.at(-1) ?? "";

/** One object for all copies of this version: their resources are of one run. */
export const processHost: Host = shared(`host/${version}`, () => ({
  clock,
  elapsed: () => performance.now(),
  random: () => Math.random(),
  wait: (milliseconds) => sleep(milliseconds),
  environment: (name) => process.env[name],
  namespace: "launchdarkly",
  log: createEngineLog(engineAddress, clock, sdkGrpc, (line) => {
    // Pulumi shows it, though not as a warning.
    console.error(line);
  }),
  isEngineGone: createEngineWatch(engineAddress),
}));
