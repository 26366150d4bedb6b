/** What tests do with the keys beside the default ones of an environment, as somebody else in the account would. */
import { randomBytes } from "node:crypto";

import { MEMBER_IDS } from "./accessToken";
import {
  type AdditionalKey,
  type AdditionalKeyChanges,
  type AdditionalKeySettings,
  changed,
  createAdditionalKey,
  keyOf,
} from "./additionalKey";
import { type Environment, nameOf } from "./environment";
import { isAlive } from "./key";
import type { Store } from "./store";

export interface EnvironmentName {
  readonly projectKey: string;
  readonly environmentKey: string;
}

/** A key as it is, or was when it was deleted. */
export interface InspectedKey extends AdditionalKeySettings {
  readonly key: string;
  readonly version: number;
  readonly isDeleted: boolean;
  /** Whether consumers can use it. */
  readonly works: boolean;
}

export interface AdditionalKeys {
  /**
   * Adds a key.
   *
   * @param settings by default an SDK key with an identifier of its own, and that for a name
   */
  add(
    environment: EnvironmentName,
    settings?: Partial<AdditionalKeySettings>,
  ): { readonly keyId: string; readonly key: string };
  change(environment: EnvironmentName, keyId: string, changes: AdditionalKeyChanges): void;
  remove(environment: EnvironmentName, keyId: string): void;
  /** Every key that there is or was, oldest first. */
  all(environment: EnvironmentName): InspectedKey[];
}

export function createAdditionalKeys(store: Store, now: () => number): AdditionalKeys {
  function environmentOf({ projectKey, environmentKey: key }: EnvironmentName): Environment {
    const name = nameOf({ projectKey, key });
    const found = store.environments.all().find((one) => nameOf(one) === name);
    if (found === undefined) throw new Error(`There is no environment ${name}`);
    return found;
  }
  function keysOf(environment: EnvironmentName): AdditionalKey[] {
    const { id } = environmentOf(environment);
    return store.additionalKeys.all().filter(({ environmentId }) => environmentId === id);
  }
  function keyNamed(environment: EnvironmentName, keyId: string): AdditionalKey {
    const found = keysOf(environment).find((one) => one.keyId === keyId && one.deletedAt === undefined);
    if (found === undefined) throw new Error(`There is no key ${keyId}`);
    return found;
  }

  return {
    add(environment, { keyId = `key-${randomBytes(4).toString("hex")}`, ...settings } = {}) {
      const isThere = keysOf(environment).some((one) => one.keyId === keyId && one.deletedAt === undefined);
      if (isThere) throw new Error(`There is a key ${keyId} already`);
      const key = createAdditionalKey(
        { kind: "sdk", name: keyId, ...settings, keyId },
        { environmentId: environmentOf(environment).id, memberId: MEMBER_IDS[0], now: now() },
      );
      store.additionalKeys.save(key);
      return { keyId, key: key.value };
    },
    change(environment, keyId, changes) {
      store.additionalKeys.save(changed(keyNamed(environment, keyId), changes, now()));
    },
    remove(environment, keyId) {
      store.additionalKeys.save({ ...keyNamed(environment, keyId), deletedAt: now() });
    },
    all: (environment) =>
      keysOf(environment).map((one) => {
        const { keyId, kind, name, description, expiry, viewKeys, value, version, deletedAt } = one;
        return {
          ...{ keyId, kind, name, description, expiry, viewKeys, key: value, version },
          isDeleted: deletedAt !== undefined,
          works: isAlive(keyOf(one), now()),
        };
      }),
  };
}
