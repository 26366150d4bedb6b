/** Which proxy the environment names for LaunchDarkly's host. */
import querystring from "node:querystring";

import { isExempt } from "./noProxy";

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
