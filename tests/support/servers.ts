/** Servers on loopback, each on a port of its own, that one call ends with all their connections. */
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";

export interface Servers {
  /** @returns the port */
  listen(server: net.Server): Promise<number>;
  /** A port that nobody listens on. */
  unusedPort(): Promise<number>;
  stop(): Promise<void>;
}

export function createServers(): Servers {
  const servers = new Set<net.Server>();
  const sockets = new Set<net.Socket>();

  async function listen(server: net.Server): Promise<number> {
    servers.add(server);
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return (server.address() as AddressInfo).port;
  }

  async function end(server: net.Server): Promise<void> {
    servers.delete(server);
    await once(server.close(), "close");
  }

  return {
    listen,
    async unusedPort() {
      const server = net.createServer();
      const port = await listen(server);
      await end(server);
      return port;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) await end(server);
    },
  };
}
