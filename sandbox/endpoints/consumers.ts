/**
 * What LaunchDarkly's SDKs and the Relay Proxy ask for with the keys that consumers hold: the account's one flag, and
 * otherwise enough to tell an accepted key from a refused one. Source of the paths: LaunchDarkly's SDKs and ld-relay.
 */
import { type KeyKind, keyOf } from "../additionalKey";
import { forApps, forServers, putEvent } from "../flag";
import { accepts, type Key } from "../key";
import type { Result } from "../result";
import type { Store } from "../store";

export interface Consumption {
  readonly method: "get" | "post";
  readonly path: string;
  /** The keys that the account has for it, each credential's apart. */
  readonly keys: (store: Store) => (readonly Key[])[];
  readonly answer: (store: Store) => Result;
}

export const consumptions: readonly Consumption[] = [
  {
    method: "get",
    path: "/sdk/latest-all",
    keys: keysOfKind("sdk"),
    answer: ({ flag }) => ({ status: 200, body: forServers(flag.current()) }),
  },
  {
    method: "get",
    path: "/all",
    keys: keysOfKind("sdk"),
    answer: ({ flag }) => ({ status: 200, firstEvent: () => putEvent(flag.current()) }),
  },
  // The events and diagnostics of SDKs for servers are taken and forgotten.
  ...["/bulk", "/diagnostic"].map((path): Consumption => ({
    method: "post",
    path,
    keys: keysOfKind("sdk"),
    answer: () => ({ status: 202 }),
  })),
  {
    method: "get",
    path: "/msdk/evalx/contexts/:context",
    keys: keysOfKind("mobile"),
    answer: ({ flag }) => ({ status: 200, body: forApps(flag.current()) }),
  },
  {
    // LaunchDarkly streams events here. A plain body is enough to learn whether it accepts the key.
    method: "get",
    path: "/relay_auto_config",
    keys: ({ relayConfigurations }) => relayConfigurations.all().map(({ keys }) => keys),
    answer: () => ({ status: 200, body: { environments: [] } }),
  },
];

/** The default keys of the environments, and those beside them, which end with their environment. */
function keysOfKind(kind: KeyKind): Consumption["keys"] {
  return ({ environments, additionalKeys }) => [
    ...environments.all().map(({ sdkKeys, mobileKeys }) => (kind === "sdk" ? sdkKeys : mobileKeys)),
    ...additionalKeys
      .all()
      .filter((one) => one.kind === kind && environments.find(one.environmentId) !== undefined)
      .map((one) => [keyOf(one)]),
  ];
}

export function isAccepted({ keys }: Consumption, store: Store, key: string, now: number): boolean {
  return keys(store).some((ofOne) => accepts(ofOne, key, now));
}
