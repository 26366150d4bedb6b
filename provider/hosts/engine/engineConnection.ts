/** Tells whether the engine that started this process is still there. */
import net from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

const PATIENCE_MS = 2_000;

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
    const socket = net.connect({ host, port: Number(port), timeout: PATIENCE_MS });
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
