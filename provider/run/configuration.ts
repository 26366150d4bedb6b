/** The stack's settings for LaunchDarkly: the key to authenticate with, the host, and the patience with its answers. */
import net from "node:net";

import { distance } from "fastest-levenshtein";

import { RESPONSE_TIMEOUT_MS } from "../client/limits";
import { ACCESS_TOKEN, API_HOST, HTTP_TIMEOUT } from "../messages/settingNames";
import { printable } from "../model/printable";

export interface Configuration {
  readonly accessToken: string;
  /** Scheme and host. */
  readonly apiHost: string;
  /** How long an answer may take, in milliseconds. */
  readonly responseTimeoutMs: number;
}

/** Where a setting comes from: stack configuration first, then the environment. */
export interface Settings {
  /** @param key such as "launchdarkly:accessToken"; without a namespace, the project's own setting */
  config(key: string): string | undefined;
  /** The settings of the stack's configuration that this package does not read, as far as the program tells them. */
  readonly others?: readonly string[];
  /** @param name such as "LAUNCHDARKLY_ACCESS_TOKEN" */
  environment(name: string): string | undefined;
}

const DEFAULT_API_HOST = "https://app.launchdarkly.com";

/** Names that people write, or other tools have, instead of the right ones; asked for where nobody tells the others. */
export const NEAR_MISSES: Readonly<Record<string, readonly string[]>> = {
  accessToken: [
    "access_token",
    "access-token",
    "accesstoken",
    "AccessToken",
    "apiToken",
    "api_token",
    "apiKey",
    "api_key",
    "accessKey",
    "token",
  ],
  apiHost: ["api_host", "api-host", "apihost", "ApiHost", "host", "apiUrl", "api_url", "baseUri", "url"],
  httpTimeout: ["http_timeout", "http-timeout", "httptimeout", "HttpTimeout", "timeout"],
};

/** Further off than this, a name is no slip of the pen. */
const MOST_SLIPS = 2;

/** Half of the patience of a whole rotation. */
const LONGEST_TIMEOUT_S = 300;

/**
 * Reads the settings.
 *
 * @returns the configuration, or all that is wrong with it; a message never holds the key
 */
export function readConfiguration(settings: Settings): Configuration | { readonly problems: string[] } {
  const accessToken = setting(settings, "launchdarkly:accessToken", "LAUNCHDARKLY_ACCESS_TOKEN");
  const apiHost = setting(settings, "launchdarkly:apiHost", "LAUNCHDARKLY_API_HOST");
  const httpTimeout = setting(settings, "launchdarkly:httpTimeout", "LAUNCHDARKLY_HTTP_TIMEOUT");
  const origin = parseHost(apiHost ?? DEFAULT_API_HOST);
  const responseTimeoutMs = httpTimeout === undefined ? RESPONSE_TIMEOUT_MS : parseSeconds(httpTimeout);
  const problems = [
    ...nearMisses(settings),
    ...withoutNamespace(settings, accessToken, apiHost),
    accessTokenProblem(accessToken),
    "problem" in origin ? origin.problem : undefined,
    responseTimeoutMs === undefined
      ? `${HTTP_TIMEOUT} must be a whole number of seconds from 1 to ${LONGEST_TIMEOUT_S}`
      : undefined,
  ].filter((problem) => problem !== undefined);
  if (accessToken === undefined || "problem" in origin || responseTimeoutMs === undefined || problems.length > 0) {
    return { problems };
  }
  return { accessToken, apiHost: origin.origin, responseTimeoutMs };
}

/** Settings that have another name than the one that is read, and would be passed over in silence. */
function nearMisses(settings: Settings): string[] {
  const told = (settings.others ?? []).map((key) => key.replace(/^launchdarkly:/, ""));
  return Object.entries(NEAR_MISSES).flatMap(([right, others]) => {
    if (settings.config(`launchdarkly:${right}`) !== undefined) return [];
    const found = others.filter((name) => settings.config(`launchdarkly:${name}`) !== undefined);
    const misspelt = told.filter((name) => distance(letters(name), letters(right)) <= MOST_SLIPS);
    return [...new Set([...found, ...misspelt])].map(
      (name) => `launchdarkly:${printable(name)} is no setting; its name is launchdarkly:${right}`,
    );
  });
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

/**
 * Settings without a namespace belong to the project, and may be meant for something else. So they count only where the
 * right one is not set, and a host only if it is another one of LaunchDarkly's.
 *
 * @param accessToken what is set as the key
 * @param apiHost what is set as the host
 */
function withoutNamespace(settings: Settings, accessToken: string | undefined, apiHost: string | undefined): string[] {
  const { host = "", origin } = parseUrl(withScheme(settings.config("apiHost") ?? "")) ?? {};
  const isHostMeant = apiHost === undefined && /launchdarkly/i.test(host) && origin !== DEFAULT_API_HOST;
  const meant = [
    ...(accessToken === undefined && settings.config("accessToken") !== undefined ? ["accessToken"] : []),
    ...(isHostMeant ? ["apiHost"] : []),
  ];
  return meant.map(
    (name) => `${name} belongs to the project, and is not read; the setting's name is launchdarkly:${name}`,
  );
}

function setting(settings: Settings, key: string, name: string): string | undefined {
  return [settings.config(key), settings.environment(name)].map((value) => value?.trim()).find(Boolean);
}

function accessTokenProblem(accessToken: string | undefined): string | undefined {
  if (accessToken === undefined) {
    return `${ACCESS_TOKEN} is not set: the key that may rotate the credential. Run: pulumi config set --secret launchdarkly:accessToken api-…`;
  }
  if (/^(?:sdk|mob|rel)-/.test(accessToken)) {
    return `${ACCESS_TOKEN} is the key of an SDK or a relay proxy; it must be an API access token (api-…)`;
  }
  // What an HTTP header can't carry would fail later, in an error that shows the value.
  if (!/^[\x21-\x7e]+$/.test(accessToken)) {
    return `${ACCESS_TOKEN} holds blanks or characters that no key has; copy it again`;
  }
  return undefined;
}

function parseHost(apiHost: string): { origin: string } | { problem: string } {
  const url = parseUrl(withScheme(apiHost));
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== url.href.replace(/\/$/, "")) {
    return { problem: `${API_HOST} must be a scheme and a host, such as ${DEFAULT_API_HOST}` };
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return { problem: `${API_HOST} must use https, or the keys would cross the network readable to all` };
  }
  return { origin: url.origin };
}

function withScheme(host: string): string {
  return /^\w+:\/\//.test(host) ? host : `https://${host}`;
}

/** @returns milliseconds */
function parseSeconds(text: string): number | undefined {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= LONGEST_TIMEOUT_S ? seconds * 1000 : undefined;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost" || hostname === "[::1]") return true;
  return net.isIPv4(hostname) && hostname.startsWith("127.");
}
