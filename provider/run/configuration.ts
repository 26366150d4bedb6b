/** The stack's settings for LaunchDarkly: the key to authenticate with, the host, and the patience with its answers. */
import { RESPONSE_TIMEOUT_MS } from "../client/limits";
import { ACCESS_TOKEN, HTTP_TIMEOUT } from "../messages/settingNames";
import { LOOKS_LIKE_A_KEY } from "../model/keyPrefix";
import { SETTING, withSettingNames } from "../model/settingNames";
import { DEFAULT_API_HOST, parseHost } from "./apiHost";
import { nearMisses, withoutNamespace } from "./misnamedSettings";

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
