/** Messages that `pulumi preview` and `pulumi up` show among their diagnostics. */
import type { Metadata } from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Log } from "../../run/host";

/** What is needed to speak to the engine: of one gRPC, because its clients don't take what another one has made. */
export interface Grpc {
  readonly EngineClient: typeof EngineClient;
  readonly LogRequest: typeof LogRequest;
  readonly Metadata: typeof Metadata;
  readonly LogSeverity: Pick<typeof LogSeverity, "INFO" | "WARNING">;
  readonly credentials: Pick<typeof import("@grpc/grpc-js").credentials, "createInsecure">;
}

/** The engine is on this machine, whatever proxy the environment names. */
const DIRECTLY = { "grpc.enable_http_proxy": 0 };

const PATIENCE_MS = 5_000;

/**
 * Shows messages through the engine that started this process, or elsewhere if it does not take them.
 *
 * @param engineAddress the engine's host and port
 * @param clock epoch milliseconds
 * @param load loads gRPC with the first message
 * @param otherwise shows what the engine does not take
 */
export function createEngineLog(
  engineAddress: string,
  clock: () => number,
  load: () => Grpc,
  otherwise: (line: string) => void,
): Log {
  let engine: ReturnType<typeof connect> | undefined;
  return (severity, message, urn = "") =>
    new Promise<void>((resolve, reject) => {
      const { client, grpc } = (engine ??= connect(engineAddress, load()));
      const { LogRequest, LogSeverity, Metadata } = grpc;
      const request = new LogRequest();
      request.setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
      request.setMessage(message);
      request.setUrn(urn);
      client.log(request, new Metadata(), { deadline: clock() + PATIENCE_MS }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }).catch(() => {
      otherwise(`${severity}: ${message}`);
    });
}

function connect(engineAddress: string, grpc: Grpc) {
  const { EngineClient, credentials } = grpc;
  return { client: new EngineClient(engineAddress, credentials.createInsecure(), DIRECTLY), grpc };
}
