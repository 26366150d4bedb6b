/** Finds settings whose names are misspelt, and which would be ignored without a word. */
import { distance } from "fastest-levenshtein";

import { printable } from "../model/printable";
import { DEFAULT_API_HOST, hostUrl } from "./apiHost";
import type { Settings } from "./configuration";

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
