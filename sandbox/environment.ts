/** An environment as the sandbox keeps it, and as its API shows it: it has an SDK key and a mobile key. */
import { randomBytes } from "node:crypto";

import { z } from "zod";

import { type KeyPrefix, keysSchema, newKey, replaceKey } from "./key";
import { link, newId } from "./representation";

/** What somebody may say of an environment when creating it. */
export const environmentSettingsSchema = z.object({
  /** @default "default" */
  projectKey: z.string().optional(),
  /** @default one of its own */
  key: z.string().optional(),
  /** @default the key */
  name: z.string().optional(),
});

export const environmentSchema = environmentSettingsSchema.required().extend({
  id: z.string(),
  creationDate: z.number(),
  sdkKeys: keysSchema,
  mobileKeys: keysSchema,
});

export type EnvironmentSettings = z.infer<typeof environmentSettingsSchema>;
export type Environment = z.infer<typeof environmentSchema>;

export function createEnvironment(settings: EnvironmentSettings, now: number): Environment {
  const { projectKey = "default", key = `environment-${randomBytes(4).toString("hex")}`, name = key } = settings;
  return {
    projectKey,
    key,
    name,
    id: newId(),
    creationDate: now,
    sdkKeys: [newKey("sdk")],
    mobileKeys: [newKey("mob")],
  };
}

/**
 * Gives the environment a new SDK key. The key that was current dies at the expiry. An environment has room for one key
 * that expires, so one that is older dies at once.
 *
 * @param expiry epoch milliseconds
 */
export function resetSdkKey(environment: Environment, expiry: number, now: number): Environment {
  const replacement = { prefix: "sdk", expiry, now, endsOlderGrace: true } as const;
  return { ...environment, sdkKeys: replaceKey(environment.sdkKeys, replacement) };
}

/** Gives the environment a new mobile key. The old one dies at once: LaunchDarkly knows no expiry for it. */
export function resetMobileKey(environment: Environment, now: number): Environment {
  const replacement = { prefix: "mob", expiry: now, now, endsOlderGrace: true } as const;
  return { ...environment, mobileKeys: replaceKey(environment.mobileKeys, replacement) };
}

/** How the log of requests and error messages name an environment. */
export function nameOf({ projectKey, key }: Pick<Environment, "projectKey" | "key">): string {
  return `${projectKey}/${key}`;
}

/** @param showsSdkKey whether the caller may see the SDK key; otherwise it is masked */
export function presentEnvironment(environment: Environment, showsSdkKey: boolean): object {
  const { id, projectKey, key, name, sdkKeys, mobileKeys } = environment;
  return {
    _links: { self: link(`/api/v2/projects/${projectKey}/environments/${key}`) },
    _id: id,
    key,
    name,
    apiKey: showsSdkKey ? sdkKeys[0].value : masked("sdk", sdkKeys[0].value),
    mobileKey: mobileKeys[0].value,
    color: "F5A623",
    defaultTtl: 5,
    secureMode: false,
    defaultTrackEvents: false,
    requireComments: false,
    confirmChanges: false,
    tags: [],
    critical: false,
  };
}

/** LaunchDarkly's description does not say how a masked key looks; that its end shows is an assumption. */
export function masked(prefix: KeyPrefix, value: string): string {
  return `${prefix}-****-****-${value.slice(-4)}`;
}
