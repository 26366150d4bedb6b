/**
 * Every kind of credential that the sandbox has and the package rotates. Tests of the package are generated over this
 * catalogue: a new kind of credential takes one entry here.
 */
import { type AccessToken, resetKey } from "./accessToken";
import { type Environment, resetMobileKey, resetSdkKey } from "./environment";
import { accepts, type Key, type Keys } from "./key";
import { type RelayConfiguration, resetRelayKey } from "./relayConfiguration";
import type { Sandbox } from "./sandbox";
import type { Collection } from "./store";

export interface Rotatable {
  /** The route that shows it, as the log of requests names routes. */
  readonly lookRoute: string;
  /** The route that resets it, as the log of requests names routes. */
  readonly resetRoute: string;
  /** Adds one to the sandbox. */
  add(sandbox: Sandbox, name: string): RotatableCredential;
}

export interface RotatableCredential {
  /** What the program of a resource names it by, such as `{ tokenId }` or `{ projectKey, environmentKey }`. */
  readonly identity: Readonly<Record<string, string>>;
  /** Its key before anything was reset. */
  readonly firstKey: string;
  /** @throws if it was removed */
  currentKey(): string;
  /** Every key that it ever had, newest first; none if it was removed. */
  allKeys(): string[];
  /** Whether LaunchDarkly accepts this key of it now. */
  accepts(key: string): boolean;
  /**
   * Resets it, as somebody else in the account would.
   *
   * @param expiry when the old key dies, in epoch milliseconds, where there is such a choice. @default at once
   * @returns the new key
   * @throws if it was removed
   */
  resetElsewhere(expiry?: number): string;
  /** Deletes it, as somebody else in the account would. */
  remove(): void;
}

/** By the names of the package's resource classes. */
export const rotatables = {
  AccessTokenRotation: {
    lookRoute: "GET /api/v2/tokens/:id",
    resetRoute: "POST /api/v2/tokens/:id/reset",
    add(sandbox, name) {
      const { id } = sandbox.createToken({ name, role: "writer" });
      return credential<AccessToken>(sandbox, sandbox.store, id, {
        identity: { tokenId: id },
        keys: ({ keys }) => keys,
        reset: (token, expiry, now) => resetKey(token, expiry, now, sandbox.openQuestions),
      });
    },
  },
  SdkKeyRotation: {
    lookRoute: "GET /api/v2/projects/:projectKey/environments/:environmentKey",
    resetRoute: "POST /api/v2/projects/:projectKey/environments/:environmentKey/apiKey",
    add(sandbox, name) {
      const { id, projectKey, environmentKey } = sandbox.createEnvironment({ name });
      return credential<Environment>(sandbox, sandbox.store.environments, id, {
        identity: { projectKey, environmentKey },
        keys: ({ sdkKeys }) => sdkKeys,
        reset: resetSdkKey,
      });
    },
  },
  MobileKeyRotation: {
    lookRoute: "GET /api/v2/projects/:projectKey/environments/:environmentKey",
    resetRoute: "POST /api/v2/projects/:projectKey/environments/:environmentKey/mobileKey",
    add(sandbox, name) {
      const { id, projectKey, environmentKey } = sandbox.createEnvironment({ name });
      return credential<Environment>(sandbox, sandbox.store.environments, id, {
        identity: { projectKey, environmentKey },
        keys: ({ mobileKeys }) => mobileKeys,
        reset: (environment, _expiry, now) => resetMobileKey(environment, now),
      });
    },
  },
  RelayProxyKeyRotation: {
    lookRoute: "GET /api/v2/account/relay-auto-configs/:id",
    resetRoute: "POST /api/v2/account/relay-auto-configs/:id/reset",
    add(sandbox, name) {
      const { id } = sandbox.createRelayConfiguration({ name });
      return credential<RelayConfiguration>(sandbox, sandbox.store.relayConfigurations, id, {
        identity: { configurationId: id },
        keys: ({ keys }) => keys,
        reset: (configuration, expiry, now) => resetRelayKey(configuration, expiry, now, sandbox.openQuestions),
      });
    },
  },
} as const satisfies Readonly<Record<string, Rotatable>>;

/** What a kind of credential has of its own. */
interface Kind<Kept> {
  readonly identity: Readonly<Record<string, string>>;
  keys(kept: Kept): Keys;
  reset(kept: Kept, expiry: number, now: number): Kept;
}

function credential<Kept>(
  { clock }: Sandbox,
  collection: Collection<Kept>,
  id: string,
  { identity, keys, reset }: Kind<Kept>,
): RotatableCredential {
  function kept(): Kept {
    const found = collection.find(id);
    if (found === undefined) throw new Error(`${JSON.stringify(identity)} was removed from the sandbox`);
    return found;
  }
  function keysLeft(): readonly Key[] {
    const found = collection.find(id);
    return found === undefined ? [] : keys(found);
  }
  return {
    identity,
    firstKey: keys(kept())[0].value,
    currentKey: () => keys(kept())[0].value,
    allKeys: () => keysLeft().map(({ value }) => value),
    accepts: (key) => accepts(keysLeft(), key, clock.now()),
    resetElsewhere(expiry) {
      const now = clock.now();
      const changed = reset(kept(), expiry ?? now, now);
      collection.save(changed);
      return keys(changed)[0].value;
    },
    remove() {
      collection.delete(id);
    },
  };
}
