/** Messages that `pulumi preview` and `pulumi up` show among their diagnostics. */
import { createRequire } from "node:module";

import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Shows a message; resolves when the engine has it. Never fails. */
export type EngineLog = (severity: "info" | "warning", message: string) => Promise<void>;

// The SDK's own copy of gRPC: its clients don't take the credentials of another one.
const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as typeof import("@grpc/grpc-js");

/** The engine is on this machine, whatever proxy the environment names. */
const DIRECTLY = { "grpc.enable_http_proxy": 0 };

const PATIENCE_MS = 5_000;

const severities = { info: LogSeverity.INFO, warning: LogSeverity.WARNING };

/**
 * Shows messages through the engine that started this process, or on standard error if it does not take them:
 * Pulumi shows that too, though not as a warning.
 *
 * @param engineAddress the engine's host and port
 * @param clock epoch milliseconds
 */
export function createEngineLog(engineAddress: string, clock: () => number): EngineLog {
  let engine: EngineClient | undefined;
  return (severity, message) =>
    new Promise<void>((resolve, reject) => {
      const request = new LogRequest();
      request.setSeverity(severities[severity]);
      request.setMessage(message);
      engine ??= new EngineClient(engineAddress, grpc.credentials.createInsecure(), DIRECTLY);
      engine.log(request, new grpc.Metadata(), { deadline: clock() + PATIENCE_MS }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }).catch(() => {
      console.error(`${severity}: ${message}`);
    });
}
