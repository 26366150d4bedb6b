/** The configuration of a Relay Proxy that configures itself, as the sandbox keeps it and as its API shows it. */
import { z } from "zod";

import { keysSchema, lastFour, newKey, replaceKey } from "./key";
import type { OpenQuestions } from "./openQuestions";
import { newId, timestamp } from "./representation";
import { type Statement, statementSchema } from "./statement";

/** What somebody may say of a configuration when creating it. */
export interface RelayConfigurationSettings {
  /** @default "relay proxy" */
  readonly name?: string;
}

export const relayConfigurationSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Which environments the Relay Proxy serves. */
  policy: z.array(statementSchema),
  creationDate: z.number(),
  lastModified: z.number(),
  keys: keysSchema,
});

export type RelayConfiguration = z.infer<typeof relayConfigurationSchema>;

const EVERY_ENVIRONMENT: Statement = { effect: "allow", actions: ["*"], resources: ["proj/*:env/*"] };

export function createRelayConfiguration(
  { name = "relay proxy" }: RelayConfigurationSettings,
  now: number,
): RelayConfiguration {
  return {
    id: newId(),
    name,
    policy: [EVERY_ENVIRONMENT],
    creationDate: now,
    lastModified: now,
    keys: [newKey("rel")],
  };
}

/**
 * Gives the configuration a new key. The key that was current dies at the expiry; keys that are older die when they
 * would have died anyway, or at once.
 *
 * @param expiry epoch milliseconds
 */
export function resetRelayKey(
  configuration: RelayConfiguration,
  expiry: number,
  now: number,
  { endsOlderGrace }: Pick<OpenQuestions, "endsOlderGrace">,
): RelayConfiguration {
  const keys = replaceKey(configuration.keys, { prefix: "rel", expiry, now, endsOlderGrace });
  return { ...configuration, lastModified: now, keys };
}

/** The configuration as GET and list show it, with the last four characters of its key. */
export function presentRelayConfiguration(configuration: RelayConfiguration, openQuestions: OpenQuestions): object {
  const { id, name, policy, keys, creationDate, lastModified } = configuration;
  return {
    _id: id,
    name,
    policy,
    displayKey: lastFour(keys),
    creationDate: timestamp(creationDate, openQuestions),
    lastModified: timestamp(lastModified, openQuestions),
  };
}

/** The configuration as a reset shows it, with its whole key. */
export function presentWithFullKey(configuration: RelayConfiguration, openQuestions: OpenQuestions): object {
  return { ...presentRelayConfiguration(configuration, openQuestions), fullKey: configuration.keys[0].value };
}
