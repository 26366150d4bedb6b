/** Asks a proxy for a tunnel to LaunchDarkly. Nothing that the proxy says is an answer of LaunchDarkly's. */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type net from "node:net";

import { failureReason } from "./failureReason";
import type { Proxy } from "./proxySetting";

/** What Node hands out of a CONNECT, whatever its status, and what came after the header. */
type Answer = [response: http.IncomingMessage, socket: net.Socket, more: Buffer];

/**
 * @param target host and port
 * @param deadline aborts with the reason for a person, and then nothing of the attempt is left open
 * @returns a connection to the target, over which nothing was sent yet
 * @throws {Error} that names the proxy, and neither user nor password
 */
export async function openTunnel(proxy: Proxy, target: string, deadline: AbortSignal): Promise<net.Socket> {
  const request = (proxy.isSecure ? https : http).request({
    method: "CONNECT",
    host: proxy.hostname,
    port: proxy.port,
    path: target,
    headers: {
      Host: target,
      ...(proxy.authorization !== undefined && { "Proxy-Authorization": proxy.authorization }),
    },
    agent: false,
    ...(proxy.isSecure && { ca: https.globalAgent.options.ca }),
    signal: deadline,
  });
  request.end();
  const answer = await once(request, "connect").catch((error: unknown) => {
    throw new Error(`the proxy ${proxy.name} failed: ${failureReason(deadline.aborted ? deadline.reason : error)}`);
  });
  const [{ statusCode = 0 }, socket, more] = answer as Answer;
  // In TLS the client speaks first: what else is there came from the proxy.
  const problem = refusal(statusCode, target) ?? (more.length > 0 ? "sent more than its answer" : undefined);
  if (problem === undefined) return socket;
  socket.destroy();
  throw new Error(`the proxy ${proxy.name} ${problem}`);
}

/** Source: RFC 9110, 9.3.6. */
function refusal(status: number, target: string): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status !== 407) return `refused to connect to ${target} (${status})`;
  return "wants a user and a password (407), given as in HTTPS_PROXY=http://user:password@host:port, or other ones";
}
