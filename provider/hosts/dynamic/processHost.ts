/** All that the provider takes from the process it runs in; nothing else reads the clock, chance or the environment. */
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

import type { Host } from "../../run/host";
import { shared } from "../../shared";
import { version } from "../../version";
import { createEngineLog, createEngineWatch, type Grpc } from "../engine";

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

/**
 * The gRPC that the program's own SDK has. It is asked for from inside the SDK, so that no `exports` of a later one closes it.
 *
 * @throws {Error} if there is no SDK, or it has them elsewhere
 */
export function sdkGrpc(): Grpc {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
  const { credentials, Metadata } = fromSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const { EngineClient } = fromSdk("./proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = fromSdk("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  return { EngineClient, LogRequest, LogSeverity, Metadata, credentials };
}
