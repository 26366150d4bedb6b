/** Whether the setting NO_PROXY keeps a host away from the proxy. */
import net from "node:net";

/**
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
