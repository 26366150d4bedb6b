/** Messages that `pulumi preview` and `pulumi up` show among their diagnostics. */
import { createRequire } from "node:module";

import type { Log } from "../../run/host";

/** The engine is on this machine, whatever proxy the environment names. */
const DIRECTLY = { "grpc.enable_http_proxy": 0 };

const PATIENCE_MS = 5_000;

/**
 * Shows messages through the engine that started this process, or on standard error if it does not take them:
 * Pulumi shows that too, though not as a warning.
 *
 * @param engineAddress the engine's host and port
 * @param clock epoch milliseconds
 */
export function createEngineLog(engineAddress: string, clock: () => number): Log {
  let engine: ReturnType<typeof connect> | undefined;
  return (severity, message, urn = "") =>
    new Promise<void>((resolve, reject) => {
      engine ??= connect(engineAddress);
      const { client, LogRequest, severities, Metadata } = engine;
      const request = new LogRequest();
      request.setSeverity(severities[severity]);
      request.setMessage(message);
      request.setUrn(urn);
      client.log(request, new Metadata(), { deadline: clock() + PATIENCE_MS }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }).catch(() => {
      console.error(`${severity}: ${message}`);
    });
}

/**
 * The engine's client, and what it takes: the SDK's own, because its clients don't take the credentials of another gRPC.
 * They are asked for from inside the SDK, so that no `exports` of a later one closes them.
 *
 * @throws {Error} if there is no SDK, or it has them elsewhere
 */
function connect(engineAddress: string) {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
  const { credentials, Metadata } = fromSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const { EngineClient } = fromSdk("./proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = fromSdk("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb");
  const client = new EngineClient(engineAddress, credentials.createInsecure(), DIRECTLY);
  return { client, LogRequest, severities: { info: LogSeverity.INFO, warning: LogSeverity.WARNING }, Metadata };
}
