/** The stack's settings for LaunchDarkly: the key to authenticate with, the host, and the patience with its answers. */
import net from "node:net";

import { distance } from "fastest-levenshtein";

import { RESPONSE_TIMEOUT_MS } from "../client/limits";
import { ACCESS_TOKEN, API_HOST, HTTP_TIMEOUT } from "../messages/words";
import { LOOKS_LIKE_A_KEY, printable } from "../model/redact";
import { SETTING, withSettingNames } from "../model/settingNames";

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

/** Names that people write, or other tools have. Asked for one by one where the program does not list its settings. */
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

/** The most edits by which a name counts as misspelt. */
const MOST_SLIPS = 2;

/** Settings whose names are misspelt, and which would be ignored without a word. */
export function nearMisses(settings: Settings): string[] {
  const { namespace, config, others = [] } = settings;
  const told = others.map((key) => (key.startsWith(`${namespace}:`) ? key.slice(namespace.length + 1) : key));
  return Object.entries(NEAR_MISSES).flatMap(([right, names]) => {
    if (config(`${namespace}:${right}`) !== undefined) return [];
    const found = names.filter((name) => config(`${namespace}:${name}`) !== undefined);
    const misspelt = told.filter((name) => distance(letters(name), letters(right)) <= MOST_SLIPS);
    return [...new Set([...found, ...misspelt])].map(
      (name) => `${namespace}:${printable(name)} is no setting; its name is ${namespace}:${right}`,
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
export function withoutNamespace(
  settings: Settings,
  accessToken: string | undefined,
  apiHost: string | undefined,
): string[] {
  const { host = "", origin } = hostUrl(settings.config("apiHost") ?? "") ?? {};
  const isHostMeant = apiHost === undefined && /launchdarkly/i.test(host) && origin !== DEFAULT_API_HOST;
  const meant = [
    ...(accessToken === undefined && settings.config("accessToken") !== undefined ? ["accessToken"] : []),
    ...(isHostMeant ? ["apiHost"] : []),
  ];
  return meant.map(
    (name) => `${name} belongs to the project, and is not read; the setting's name is ${settings.namespace}:${name}`,
  );
}

export interface Configuration {
  readonly accessToken: string;
  /** Scheme and host. */
  readonly apiHost: string;
  /** How long an answer may take, in milliseconds. */
  readonly responseTimeoutMs: number;
}

/** Where a setting comes from: stack configuration first, then the environment. */
export interface Settings {
  /** What the names of the host's settings begin with, such as `launchdarkly`. */
  readonly namespace: string;
  /** @param key such as "launchdarkly:accessToken"; without a namespace, the project's own setting */
  config(key: string): string | undefined;
  /** The settings of the stack's configuration that this package does not read, as far as the program tells them. */
  readonly others?: readonly string[];
  /** What else to do where no key is set: a sentence. */
  readonly otherwise?: string;
  /** @param name such as "LAUNCHDARKLY_ACCESS_TOKEN" */
  environment(name: string): string | undefined;
}

/** Half of the patience of a whole rotation. */
const LONGEST_TIMEOUT_S = 300;

/**
 * Reads the settings.
 *
 * @returns the configuration, or all that is wrong with it; a message never holds the key
 */
export function readConfiguration(settings: Settings): Configuration | { readonly problems: string[] } {
  const accessToken = setting(settings, "accessToken", "LAUNCHDARKLY_ACCESS_TOKEN");
  const apiHost = setting(settings, "apiHost", "LAUNCHDARKLY_API_HOST");
  const httpTimeout = setting(settings, "httpTimeout", "LAUNCHDARKLY_HTTP_TIMEOUT");
  const origin = parseHost(apiHost ?? DEFAULT_API_HOST);
  const responseTimeoutMs = httpTimeout === undefined ? RESPONSE_TIMEOUT_MS : parseSeconds(httpTimeout);
  const problems = [
    ...nearMisses(settings),
    ...withoutNamespace(settings, accessToken, apiHost),
    accessTokenProblem(accessToken, settings.otherwise),
    "problem" in origin ? origin.problem : undefined,
    responseTimeoutMs === undefined
      ? `${HTTP_TIMEOUT} must be a whole number of seconds from 1 to ${LONGEST_TIMEOUT_S}`
      : undefined,
  ].filter((problem) => problem !== undefined);
  if (accessToken === undefined || "problem" in origin || responseTimeoutMs === undefined || problems.length > 0) {
    return { problems: problems.map((problem) => withSettingNames(problem, settings.namespace)) };
  }
  return { accessToken, apiHost: origin.origin, responseTimeoutMs };
}

function setting(settings: Settings, key: string, name: string): string | undefined {
  const { namespace, config, environment } = settings;
  return [config(`${namespace}:${key}`), environment(name)].map((value) => value?.trim()).find(Boolean);
}

function accessTokenProblem(accessToken: string | undefined, otherwise: string | undefined): string | undefined {
  if (accessToken === undefined) {
    const toDo = `Run: pulumi config set --secret ${SETTING.accessToken} api-…`;
    const problem = `${ACCESS_TOKEN} is not set: the key that may rotate the credential. ${toDo}`;
    return otherwise === undefined ? problem : `${problem}\n${otherwise}`;
  }
  if (LOOKS_LIKE_A_KEY.test(accessToken) && !accessToken.startsWith("api-")) {
    return `${ACCESS_TOKEN} is a key of another kind; it must be an API access token (api-…)`;
  }
  // What an HTTP header can't carry would fail later, in an error that shows the value.
  if (!/^[\x21-\x7e]+$/.test(accessToken)) {
    return `${ACCESS_TOKEN} holds blanks or characters that no key has; copy it again`;
  }
  return undefined;
}

/** @returns milliseconds */
function parseSeconds(text: string): number | undefined {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= LONGEST_TIMEOUT_S ? seconds * 1000 : undefined;
}
