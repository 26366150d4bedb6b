/** The part of the engine that a provider calls: its log. */
import * as grpc from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** A message, and on which row of the engine's display it stands. */
export interface ShownOnRow {
  readonly severity: "info" | "warning";
  readonly message: string;
  /** Undefined for the stack's row. */
  readonly urn: string | undefined;
}

/**
 * @param shown where it puts what it is told, such as "warning: …"
 * @param onRows the same with its row
 */
export async function startEngine(
  shown: string[],
  onRows: ShownOnRow[] = [],
): Promise<{ address: string; stop: () => void }> {
  const server = new grpc.Server();
  const log: IEngineServer["log"] = (request, done) => {
    const severity = request.request.getSeverity() === LogSeverity.WARNING ? "warning" : "info";
    const message = request.request.getMessage();
    const urn = request.request.getUrn();
    shown.push(`${severity}: ${message}`);
    onRows.push({ severity, message, urn: urn === "" ? undefined : urn });
    done(null, new Empty());
  };
  server.addService(EngineService, { log });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.forceShutdown();
    },
  };
}
