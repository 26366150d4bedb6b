/** The settings that the engine hands to the plugin: those of the stack's configuration, or of an explicit provider. */
import { type Properties, UNKNOWN_VALUE } from "../../model/json";
import { printable } from "../../model/redact";
import { SETTINGS } from "../../model/settingNames";
import { nearMisses, readConfiguration, type Settings } from "../../run/configuration";
import { PACKAGE } from "./kinds";

/** Those of every host, and those of the plugin alone. */
export const NAMES: readonly string[] = [...SETTINGS, "organization"];

/** What the engine gives a provider besides settings. */
const OF_THE_ENGINE = ["version", "pluginDownloadURL", "pluginChecksums", "__internal"];

/** The dynamic resources' setting never reaches a plugin of another name. */
const COPY = `A stack with dynamic resources has it as launchdarkly:accessToken, which the plugin can't read. Copy launchdarkly:apiHost first, if the stack has it, then the key: pulumi config get launchdarkly:accessToken | pulumi config set --secret ${PACKAGE}:accessToken`;

/** The settings as the core asks for them. */
export function settingsOf(given: Properties): Pick<Settings, "config" | "others" | "otherwise"> {
  return {
    config(key) {
      const [namespace, name = ""] = key.split(":");
      const value = namespace === PACKAGE ? given[name] : undefined;
      // Numbers of an explicit provider come as numbers.
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    },
    others: Object.keys(given)
      .filter((name) => !OF_THE_ENGINE.includes(name))
      .map((name) => `${PACKAGE}:${name}`),
    otherwise: COPY,
  };
}

/** Stands for a key that is missing: the first resource tells of that, because nothing else needs one. */
const SOME_KEY = "api-none";

/**
 * What is wrong with the settings, in words without a value.
 *
 * @param environment the variables of the process, by name
 */
export function settingProblems(given: Properties, environment: Settings["environment"]): string[] {
  const unknown = Object.values(given).includes(UNKNOWN_VALUE);
  const settings = { ...settingsOf(given), namespace: PACKAGE };
  const orKey: Settings["environment"] = (name) =>
    environment(name) ?? (name === "LAUNCHDARKLY_ACCESS_TOKEN" ? SOME_KEY : undefined);
  const read = readConfiguration({ ...settings, environment: orKey });
  const problems = unknown || !("problems" in read) ? [] : read.problems;
  const misspelt = nearMisses({ ...settings, environment });
  const others = [...strangers(given, misspelt), ...organizationProblems(given)];
  return [...new Set([...problems, ...misspelt, ...others])];
}

function strangers(given: Properties, misspelt: readonly string[]): string[] {
  return Object.keys(given)
    .filter((name) => !NAMES.includes(name) && !OF_THE_ENGINE.includes(name))
    .map((name) => `${PACKAGE}:${printable(name)} is no setting`)
    .filter((problem) => !misspelt.some((one) => one.startsWith(`${problem};`)))
    .map((problem) => `${problem} (the settings: ${NAMES.join(", ")})`);
}

function organizationProblems({ organization }: Properties): string[] {
  if (organization === undefined || organization === UNKNOWN_VALUE) return [];
  const isName = typeof organization === "string" && /^[\w.-]{1,100}$/.test(organization);
  return isName ? [] : [`${PACKAGE}:organization must be the name of an organization, as in <organization>/<project>`];
}
