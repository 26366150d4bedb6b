/**
 * What LaunchDarkly's SDKs and the Relay Proxy ask for with the keys that consumers hold: enough of it to tell an
 * accepted key from a refused one, and no flags. Source of the paths: LaunchDarkly's SDKs and ld-relay.
 */
import { accepts, type Keys } from "../key";
import type { Store } from "../store";

export interface Consumption {
  readonly path: string;
  /** The keys that the account has for it, each credential's apart. */
  readonly keys: (store: Store) => Keys[];
  readonly body: object;
}

export const consumptions: readonly Consumption[] = [
  {
    path: "/sdk/latest-all",
    keys: ({ environments }) => environments.all().map(({ sdkKeys }) => sdkKeys),
    body: { flags: {}, segments: {} },
  },
  {
    path: "/msdk/evalx/contexts/:context",
    keys: ({ environments }) => environments.all().map(({ mobileKeys }) => mobileKeys),
    body: {},
  },
  {
    // LaunchDarkly streams events here. A plain body is enough to learn whether it accepts the key.
    path: "/relay_auto_config",
    keys: ({ relayConfigurations }) => relayConfigurations.all().map(({ keys }) => keys),
    body: { environments: [] },
  },
];

export function isAccepted({ keys }: Consumption, store: Store, key: string, now: number): boolean {
  return keys(store).some((ofOne) => accepts(ofOne, key, now));
}
