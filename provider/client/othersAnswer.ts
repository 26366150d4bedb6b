/** Recognizes answers that are not LaunchDarkly's: of a captive portal, a proxy, or another server at the host. */
import { printable } from "../model/printable";
import { isObject } from "./readBody";
import type { Answer } from "./transport";

/** @param isErrorBody whether a body is one of LaunchDarkly's for errors */
export function isAnothers({ status, headers, body }: Answer, isErrorBody: boolean): boolean {
  if (isErrorBody) return false;
  // LaunchDarkly's API does not redirect, its 404 has a body, and 407 and 511 are a proxy's and a portal's by definition.
  if ((status >= 300 && status < 400) || [404, 407, 511].includes(status)) return true;
  // A gateway in front of LaunchDarkly may have pages for what it can't do.
  const isGateways = status >= 500 || status === 429;
  return !isGateways && !isObject(body) && /\bhtml\b/i.test(headers["content-type"] ?? "");
}

/** Such as "app.launchdarkly.com answered with a page that is not LaunchDarkly's API (302 to login.example.com)". */
export function describeAnothers({ status, headers, host = "the host" }: Answer): string {
  const elsewhere = redirectHost(headers["location"], host);
  const what = elsewhere === undefined ? String(status) : `${String(status)} to ${elsewhere}`;
  return `${host} answered with a page that is not LaunchDarkly's API (${printable(what)})`;
}

/** The host that a redirect leads to, if it is another one. */
function redirectHost(location: string | undefined, host: string): string | undefined {
  const base = `https://${host}`;
  if (location === undefined || !URL.canParse(location, base)) return undefined;
  const { host: other } = new URL(location, base);
  return other === "" || other === host ? undefined : other;
}
