/** Connections to LaunchDarkly, direct or through a proxy. The time to connect is bounded. */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type net from "node:net";

import { failureReason } from "./failureReason";
import { openTunnel, type Proxy } from "./proxy";

export interface ConnectionOptions {
  /** Scheme and host. */
  readonly target: URL;
  readonly proxy: Proxy | undefined;
  /** From the look-up of the host's name to the end of the TLS handshake, proxy included. */
  readonly connectTimeoutMs: number;
}

/**
 * An agent whose requests get a connection only when it stands: a request that got none was certainly not sent.
 *
 * @param keepAlive whether a request may leave on a connection that an earlier one has used. The server may just have
 * closed it, and then nobody knows whether the request has arrived
 */
export function createAgent(options: ConnectionOptions, keepAlive: boolean): http.Agent {
  const agent =
    options.target.protocol === "https:"
      ? new https.Agent({ ...processWide(), keepAlive })
      : new http.Agent({ keepAlive, timeout: IDLE_MS, scheduling: "lifo" });
  const start = agent.createConnection.bind(agent) as (options: object) => net.Socket;
  agent.createConnection = (request: object, done) => {
    connect(options, (tunnel) => start({ ...request, ...(tunnel && { socket: tunnel }) })).then(
      (socket) => done?.(null, socket),
      (error: unknown) => done?.(error as Error, undefined as never),
    );
    return undefined;
  };
  return agent;
}

/** How long Node's own agent keeps a connection that nobody uses. */
const IDLE_MS = 5_000;

/**
 * What was set for all TLS connections of the process, such as more authorities, and how long a connection is kept.
 * Proxies are not left to Node: it does not bound them.
 */
function processWide(): https.AgentOptions {
  const options = { ...https.globalAgent.options };
  Reflect.deleteProperty(options, "proxyEnv");
  return options;
}

async function connect(
  { target, proxy, connectTimeoutMs }: ConnectionOptions,
  start: (tunnel: net.Socket | undefined) => net.Socket,
): Promise<net.Socket> {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new Error(`no connection within ${connectTimeoutMs / 1000} s`));
  }, connectTimeoutMs);
  try {
    if (proxy === undefined) return await connected(start(undefined), target, deadline.signal);
    const tunnel = await openTunnel(proxy, `${target.hostname}:${target.port || "443"}`, deadline.signal);
    return await connected(start(tunnel), target, deadline.signal).catch((error: unknown) => {
      throw new Error(`${failureReason(error)}, through the proxy ${proxy.name}`);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when the socket is ready for a request. */
async function connected(socket: net.Socket, target: URL, deadline: AbortSignal): Promise<net.Socket> {
  try {
    await once(socket, target.protocol === "https:" ? "secureConnect" : "connect", { signal: deadline });
    return socket;
  } catch (error) {
    socket.on("error", () => undefined).destroy();
    throw deadline.aborted ? deadline.reason : error;
  }
}
