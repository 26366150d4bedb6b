/** Messages that `pulumi preview` and `pulumi up` show among their diagnostics. */
import { createRequire } from "node:module";

import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";

/** Shows a message; resolves when the engine has it. Never fails. */
export type EngineLog = (severity: "info" | "warning", message: string) => Promise<void>;

/**
 * The SDK's own copies: its clients don't take the credentials of another gRPC. They are asked for from inside the SDK, so
 * that no `exports` of a later one closes them.
 *
 * @throws {Error} if there is no SDK, or it has them elsewhere
 */
function engineParts() {
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
  return {
    grpc: fromSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js"),
    clients: fromSdk("./proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb"),
    messages: fromSdk("./proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb"),
  };
}

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
export function createEngineLog(engineAddress: string, clock: () => number): EngineLog {
  let engine: EngineClient | undefined;
  return (severity, message) =>
    new Promise<void>((resolve, reject) => {
      const { grpc, clients, messages } = engineParts();
      const { INFO, WARNING } = messages.LogSeverity;
      const request = new messages.LogRequest();
      request.setSeverity({ info: INFO, warning: WARNING }[severity]);
      request.setMessage(message);
      engine ??= new clients.EngineClient(engineAddress, grpc.credentials.createInsecure(), DIRECTLY);
      engine.log(request, new grpc.Metadata(), { deadline: clock() + PATIENCE_MS }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }).catch(() => {
      console.error(`${severity}: ${message}`);
    });
}
