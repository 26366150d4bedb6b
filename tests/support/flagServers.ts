/** Servers with LaunchDarkly's own SDK at a sandbox: who sees that a flag was turned. */
import { once } from "node:events";

import { init, type LDClient, type LDOptions } from "@launchdarkly/node-server-sdk";

import { FLAG_KEY } from "../../sandbox/flag";
import type { Sandbox } from "../../sandbox/sandbox";

const SILENT = { error() {}, warn() {}, info() {}, debug() {} };

export interface FlagServers {
  /** A server with a key, which may be refused. */
  serverWith(key: string, options?: LDOptions): LDClient;
  /** One that has the flags. */
  startedWith(key: string, options?: LDOptions): Promise<LDClient>;
  /** What a server takes the flag for. */
  sees(server: LDClient): Promise<unknown>;
  /** Turns the flag, and waits until these servers know. */
  turn(isOn: boolean, ...informed: LDClient[]): Promise<void>;
  /** Does something that ends a server's key, and waits until the server gives up. */
  givesUp(server: LDClient, end: () => unknown): Promise<void>;
  close(): void;
}

/** @param sandbox asked for when it is needed */
export function flagServers(sandbox: () => Sandbox): FlagServers {
  const servers: LDClient[] = [];

  function serverWith(key: string, options: LDOptions = {}): LDClient {
    const { url } = sandbox();
    // Nothing is waited for but the SDK's own events, so it reconnects without delay.
    const server = init(key, {
      ...{ baseUri: url, streamUri: url, eventsUri: url, logger: SILENT, streamInitialReconnectDelay: 0.001 },
      ...options,
    });
    // Without a listener, the SDK throws what it tells of a dead key.
    server.on("error", () => undefined);
    servers.push(server);
    return server;
  }

  return {
    serverWith,
    async startedWith(key, options) {
      const server = serverWith(key, options);
      await server.waitForInitialization({ timeout: 30 });
      return server;
    },
    sees: (server) => server.variation(FLAG_KEY, { kind: "user", key: "ada" }, "no flag") as Promise<unknown>,
    async turn(isOn, ...informed) {
      const updates = informed.map((server) => once(server, "update"));
      sandbox().turnFlag(isOn);
      await Promise.all(updates);
    },
    async givesUp(server, end) {
      const failed = new Promise((resolve) => server.once("error", resolve));
      await end();
      await failed;
    },
    close() {
      for (const server of servers.splice(0)) server.close();
    },
  };
}
