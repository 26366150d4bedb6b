/** How a host speaks to the engine that started its process: whether it is there, and messages among its diagnostics. */
import net from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

import type { Metadata } from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Log } from "../run/host";

const CONNECT_PATIENCE_MS = 2_000;

/**
 * When the CLI is killed, its providers live on as orphans, and go on with what they were doing.
 *
 * The engine is looked for once. The connection that found it is kept, and breaks when the engine ends; then it is
 * looked for again, because an engine may close a connection that says nothing.
 *
 * @param address host and port
 * @returns a function that resolves to true only if nobody listens there: an engine that is slow is not gone
 */
export function createEngineWatch(address: string): () => Promise<boolean> {
  let held: Promise<Found> | undefined;
  const forget = () => (held = undefined);

  async function look(): Promise<Found> {
    const found = await connect(address);
    if (typeof found === "string") forget();
    else for (const event of ["end", "error", "close"]) found.once(event, forget);
    return found;
  }

  return async () => {
    // The process may have slept: two turns of its loop tell it what has happened to the connection since.
    await nextTurn();
    await nextTurn();
    return (await (held ??= look())) === "gone";
  };
}

/** The connection to an engine that is there; "unknown" if nobody can tell. */
type Found = net.Socket | "gone" | "unknown";

function connect(address: string): Promise<Found> {
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return Promise.resolve("unknown");
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: Number(port), timeout: CONNECT_PATIENCE_MS });
    socket.once("connect", () => {
      // It must not keep the process alive, and has to read to notice its end.
      socket.setTimeout(0).unref().resume();
      resolve(socket);
    });
    socket.once("timeout", () => {
      socket.destroy();
      resolve("unknown");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      socket.destroy();
      resolve(error.code === "ECONNREFUSED" ? "gone" : "unknown");
    });
  });
}

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

const LOG_PATIENCE_MS = 5_000;

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
  let engine: ReturnType<typeof clientOf> | undefined;
  return (severity, message, urn = "") =>
    new Promise<void>((resolve, reject) => {
      const { client, grpc } = (engine ??= clientOf(engineAddress, load()));
      const { LogRequest, LogSeverity, Metadata } = grpc;
      const request = new LogRequest();
      request.setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
      request.setMessage(message);
      request.setUrn(urn);
      client.log(request, new Metadata(), { deadline: clock() + LOG_PATIENCE_MS }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }).catch(() => {
      otherwise(`${severity}: ${message}`);
    });
}

function clientOf(engineAddress: string, grpc: Grpc) {
  const { EngineClient, credentials } = grpc;
  return { client: new EngineClient(engineAddress, credentials.createInsecure(), DIRECTLY), grpc };
}
