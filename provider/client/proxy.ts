/** Which proxy a request goes through, and the tunnel that it opens. */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import querystring from "node:querystring";

import { failureReason } from "./failureReason";

export interface Proxy {
  /** Its host and port, for messages: neither user nor password. */
  readonly name: string;
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  /** Whether it is spoken to over TLS. */
  readonly isSecure: boolean;
  /** The value of Proxy-Authorization; a secret. */
  readonly authorization: string | undefined;
}

/** A proxy, or what is wrong with the setting: for a person, and without the setting's value, which may hold a password. */
export type ProxySetting = { readonly proxy: Proxy } | { readonly problem: string };

/** In the order in which curl, and axios before, look at them. */
const NAMES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/**
 * Plain http goes to loopback only, and never through a proxy, which could read the key.
 *
 * The package proxy-from-env reads the same variables. It is not used because it takes a proxy without a scheme for one
 * that speaks TLS, where curl takes it for one that speaks plain HTTP, and because it knows no subnets in NO_PROXY.
 *
 * @param target scheme and host
 * @returns undefined for no proxy
 */
export function proxyFor(target: URL, environment: (name: string) => string | undefined): ProxySetting | undefined {
  if (target.protocol !== "https:") return undefined;
  const valueOf = (name: string) => environment(name)?.trim() ?? "";
  const name = NAMES.find((candidate) => valueOf(candidate) !== "");
  if (name === undefined) return undefined;
  const noProxy = [valueOf("no_proxy"), valueOf("NO_PROXY")].find(Boolean) ?? "";
  return isExempt(target, noProxy) ? undefined : parseProxy(name, valueOf(name));
}

/** Whether a user or a password, which begins after `://`, holds what ends it. */
function isCutShort(part: string): boolean {
  const start = part.indexOf("://");
  return start >= 0 && /[/?#]/.test(part.slice(start + "://".length));
}

function parseProxy(name: string, value: string): ProxySetting {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const unwritable = `${name} holds a user or a password in which /, ? or # must be written as %2F, %3F or %23`;
  if (!URL.canParse(text)) {
    // It ends at the first of these, and the password's beginning would be the port.
    if (text.split("@").slice(0, -1).some(isCutShort)) return { problem: unwritable };
    return { problem: `${name} is not the URL of a proxy, such as http://proxy.example:3128` };
  }
  const { protocol, hostname, host, port, username, password, pathname, search, hash } = new URL(text);
  // What looks like the host is then the user, and the port the beginning of the password.
  if (`${pathname}${search}${hash}`.includes("@")) {
    return { problem: unwritable };
  }
  if (protocol !== "http:" && protocol !== "https:") {
    return { problem: `${name} names a proxy of the kind ${protocol}// (${host}), and only http:// and https:// work` };
  }
  const isSecure = protocol === "https:";
  const portNumber = port === "" ? (isSecure ? 443 : 80) : Number(port);
  const credentials = [username, password].map((part) => querystring.unescape(part)).join(":");
  return {
    proxy: {
      name: `${hostname}:${portNumber}`,
      hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
      port: portNumber,
      isSecure,
      authorization: credentials === ":" ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`,
    },
  };
}

/**
 * Whether the setting NO_PROXY keeps a host away from the proxy.
 *
 * A name matches as a whole, or from its end if `.` or `*` stands in front; `*` alone matches every host. An address
 * matches in any notation, alone or as a part of a subnet such as `10.0.0.0/8`. A port narrows an entry. These are the
 * rules of axios, whose own handling of proxies is not used.
 *
 * @param noProxy entries with commas or blanks between them
 */
export function isExempt(target: URL, noProxy: string): boolean {
  const host = bare(target.hostname);
  const port = target.port === "" ? "443" : target.port;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== "" && matches(entry, host, port));
}

/** A host, in brackets or without a colon, and perhaps a port. */
const WITH_PORT = /^(?<name>\[.+\]|[^:]+):(?<only>\d+)$/;

function matches(entry: string, host: string, port: string): boolean {
  const { name = entry, only = port } = WITH_PORT.exec(entry)?.groups ?? {};
  if (only !== port) return false;
  if (/^[.*]/.test(name)) return host.endsWith(bare(name.replace(/^\*/, "")));
  const exempt = bare(name);
  return host === exempt || isWithin(host, exempt) || (isLoopback(host) && isLoopback(exempt));
}

/** Without the brackets of an IPv6 address, and the dot that may end a name. */
function bare(name: string): string {
  return name.replace(/^\[(.+)\](?=\/|$)/, "$1").replace(/\.$/, "");
}

/** @param network an address, or a subnet */
function isWithin(host: string, network: string): boolean {
  const [address = "", prefix] = network.split("/");
  const [family, bits] = net.isIPv6(address) ? (["ipv6", 128] as const) : (["ipv4", 32] as const);
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  if (net.isIP(address) === 0 || net.isIP(host) === 0 || length > bits) return false;
  const list = new net.BlockList();
  list.addSubnet(address, length, family);
  return list.check(host, net.isIPv6(host) ? "ipv6" : "ipv4");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || isWithin(host, "127.0.0.0/8") || isWithin(host, "::1");
}

/** What Node hands out of a CONNECT, whatever its status, and what came after the header. */
type Answer = [response: http.IncomingMessage, socket: net.Socket, more: Buffer];

/**
 * Asks a proxy for a tunnel to LaunchDarkly. Nothing that the proxy says is an answer of LaunchDarkly's.
 *
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
