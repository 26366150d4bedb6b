/** Tells whether the engine that started this process is still there. */
import net from "node:net";

const PATIENCE_MS = 2_000;

/**
 * When the CLI is killed, its providers live on as orphans, and go on with what they were doing.
 *
 * @param address host and port
 * @returns true only if nobody listens there: an engine that is slow is not gone
 */
export function isNobodyListening(address: string): Promise<boolean> {
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: Number(port), timeout: PATIENCE_MS });
    const done = (isGone: boolean) => {
      socket.destroy();
      resolve(isGone);
    };
    socket.once("connect", () => {
      done(false);
    });
    socket.once("timeout", () => {
      done(false);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      done(error.code === "ECONNREFUSED");
    });
  });
}
