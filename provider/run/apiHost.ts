/** Reads the setting of LaunchDarkly's host. */
import net from "node:net";

import { API_HOST } from "../messages/settingNames";

export const DEFAULT_API_HOST = "https://app.launchdarkly.com";

/** @returns scheme and host, or what is wrong with the setting */
export function parseHost(apiHost: string): { origin: string } | { problem: string } {
  const url = hostUrl(apiHost);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== url.href.replace(/\/$/, "")) {
    return { problem: `${API_HOST} must be a scheme and a host, such as ${DEFAULT_API_HOST}` };
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return { problem: `${API_HOST} must use https, or the keys would cross the network readable to all` };
  }
  return { origin: url.origin };
}

/** @param host with its scheme, or without for https; @returns undefined if it can be no URL */
export function hostUrl(host: string): URL | undefined {
  const text = /^\w+:\/\//.test(host) ? host : `https://${host}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return net.isIPv4(hostname) && hostname.startsWith("127.");
}
