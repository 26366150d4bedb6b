/** What the account of the sandbox has: in memory, and in a file too if one is given. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { z } from "zod";

import { type AdditionalKey, additionalKeySchema, keyOf } from "./additionalKey";
import { type AccessToken, accessTokenSchema, hasExpired } from "./accessToken";
import { type Environment, environmentSchema } from "./environment";
import { FIRST_FLAG, type Flag, flagSchema, turned } from "./flag";
import { accepts, type Key } from "./key";
import { type RelayConfiguration, relayConfigurationSchema } from "./relayConfiguration";

export interface Collection<Kept> {
  all(): Kept[];
  find(id: string): Kept | undefined;
  save(one: Kept): void;
  delete(id: string): void;
}

/** The access tokens, and beside them the other resources that have keys. */
export interface Store extends Collection<AccessToken> {
  /** The token that a key belongs to, if both are alive. */
  findByKey(key: string, now: number): AccessToken | undefined;
  readonly environments: Collection<Environment>;
  /** The keys that environments have, or had, beside their default ones. */
  readonly additionalKeys: Collection<AdditionalKey>;
  readonly relayConfigurations: Collection<RelayConfiguration>;
  /** The account's one feature flag. */
  readonly flag: { current(): Flag; turn(isOn: boolean): void };
  /** Every key that there ever was, whatever it is for. */
  everyKey(): string[];
  /** When the next key expires, in epoch milliseconds; Infinity if none does. */
  nextEnd(now: number): number;
}

const contentSchema = z.object({
  tokens: z.array(accessTokenSchema).default([]),
  environments: z.array(environmentSchema).default([]),
  additionalKeys: z.array(additionalKeySchema).default([]),
  relayConfigurations: z.array(relayConfigurationSchema).default([]),
  flag: flagSchema.default(FIRST_FLAG),
});

/** A file that knows only of tokens is a list of them. */
const fileSchema = z.union([contentSchema, z.array(accessTokenSchema).transform((tokens) => content({ tokens }))]);

/**
 * @param file where to keep everything; a store opened on the same file goes on with it
 * @param changed told after every change
 */
export function createStore(file: string | undefined, changed: () => void): Store {
  const kept = load(file);
  const tokens = createCollection(kept.tokens, write);
  const environments = createCollection(kept.environments, write);
  const additionalKeys = createCollection(kept.additionalKeys, write);
  const relayConfigurations = createCollection(kept.relayConfigurations, write);

  let flag: Flag = kept.flag;

  function write(): void {
    if (file !== undefined) writeTo(file);
    changed();
  }

  function writeTo(file: string): void {
    const all = {
      tokens: tokens.all(),
      environments: environments.all(),
      additionalKeys: additionalKeys.all(),
      relayConfigurations: relayConfigurations.all(),
      flag,
    };
    writeFileSync(`${file}.new`, JSON.stringify(all, undefined, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  function keys(): Key[] {
    return [
      ...tokens.all().flatMap(({ keys }) => keys),
      ...environments.all().flatMap(({ sdkKeys, mobileKeys }) => [...sdkKeys, ...mobileKeys]),
      ...additionalKeys.all().map(keyOf),
      ...relayConfigurations.all().flatMap(({ keys }) => keys),
    ];
  }

  return {
    ...tokens,
    findByKey: (key, now) => tokens.all().find((token) => accepts(token.keys, key, now) && !hasExpired(token, now)),
    environments,
    additionalKeys,
    relayConfigurations,
    flag: {
      current: () => flag,
      turn(isOn) {
        flag = turned(flag, isOn);
        write();
      },
    },
    everyKey: () => keys().map(({ value }) => value),
    nextEnd: (now) =>
      Math.min(...keys().map(({ expiresAt }) => (expiresAt === null || expiresAt <= now ? Infinity : expiresAt))),
  };
}

function createCollection<Kept extends { readonly id: string }>(
  first: readonly Kept[],
  changed: () => void,
): Collection<Kept> {
  const byId = new Map(first.map((one) => [one.id, one]));
  return {
    all: () => [...byId.values()],
    find: (id) => byId.get(id),
    save(one) {
      byId.set(one.id, one);
      changed();
    },
    delete(id) {
      byId.delete(id);
      changed();
    },
  };
}

function load(file: string | undefined): z.infer<typeof contentSchema> {
  if (file === undefined || !existsSync(file)) return content({});
  return fileSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

function content(some: z.input<typeof contentSchema>): z.infer<typeof contentSchema> {
  return contentSchema.parse(some);
}
