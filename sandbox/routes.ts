/** Which endpoint answers which requests, and to whose keys. */
import type { Call, Endpoint } from "./endpoints/call";
import { getCallerIdentity } from "./endpoints/callerIdentity";
import { consumptions, isAccepted } from "./endpoints/consumers";
import {
  getEnvironment,
  listEnvironments,
  resetEnvironmentMobileKey,
  resetEnvironmentSdkKey,
} from "./endpoints/environments";
import { patchToken } from "./endpoints/patchToken";
import {
  getRelayConfiguration,
  listRelayConfigurations,
  resetRelayConfiguration,
} from "./endpoints/relayConfigurations";
import { createSdkKey, deleteSdkKey, getSdkKey, listSdkKeys, patchSdkKey } from "./endpoints/sdkKeys";
import { createToken, deleteToken, getToken, listTokens, resetToken } from "./endpoints/tokens";
import { methodNotAllowed, type Result } from "./result";
import type { Store } from "./store";

/** A request whose key is good. */
export type Admitted = Omit<Call, "caller">;

export interface Route {
  readonly method: "get" | "post" | "patch" | "delete";
  readonly path: string;
  /** Who answers requests with this key at this time, in epoch milliseconds; undefined if the key is refused. */
  admit(store: Store, key: string, at: number): ((request: Admitted) => Result) | undefined;
}

const ENVIRONMENTS = "/api/v2/projects/:projectKey/environments";
const SDK_KEYS = `${ENVIRONMENTS}/:environmentKey/sdk-keys`;
const RELAY_CONFIGURATIONS = "/api/v2/account/relay-auto-configs";

export const routes: readonly Route[] = [
  api("get", "/api/v2/tokens", listTokens),
  api("post", "/api/v2/tokens", createToken),
  api("get", "/api/v2/tokens/:id", getToken),
  api("patch", "/api/v2/tokens/:id", patchToken),
  api("delete", "/api/v2/tokens/:id", deleteToken),
  api("post", "/api/v2/tokens/:id/reset", resetToken),
  api("get", ENVIRONMENTS, listEnvironments),
  api("get", `${ENVIRONMENTS}/:environmentKey`, getEnvironment),
  api("post", `${ENVIRONMENTS}/:environmentKey/apiKey`, resetEnvironmentSdkKey),
  api("post", `${ENVIRONMENTS}/:environmentKey/mobileKey`, resetEnvironmentMobileKey),
  api("get", SDK_KEYS, listSdkKeys),
  api("post", SDK_KEYS, createSdkKey),
  api("get", `${SDK_KEYS}/:sdkKeyKey`, getSdkKey),
  api("patch", `${SDK_KEYS}/:sdkKeyKey`, patchSdkKey),
  api("delete", `${SDK_KEYS}/:sdkKeyKey`, deleteSdkKey),
  api("get", RELAY_CONFIGURATIONS, listRelayConfigurations),
  api("get", `${RELAY_CONFIGURATIONS}/:id`, getRelayConfiguration),
  api("post", `${RELAY_CONFIGURATIONS}/:id/reset`, resetRelayConfiguration),
  api("get", "/api/v2/caller-identity", getCallerIdentity),
  ...consumptions.map((consumption): Route => ({
    method: consumption.method,
    path: consumption.path,
    admit: (store, key, at) => (isAccepted(consumption, store, key, at) ? () => consumption.answer(store) : undefined),
  })),
];

function api(method: Route["method"], path: string, endpoint: Endpoint): Route {
  return { method, path, admit: admitTokens(endpoint) };
}

/** Admits the keys of access tokens, as the REST API does. */
export function admitTokens(endpoint: Endpoint): Route["admit"] {
  return (store, key, at) => {
    const caller = store.findByKey(key, at);
    if (caller === undefined) return undefined;
    return (request) => {
      const result = endpoint({ ...request, caller });
      const current = store.find(caller.id);
      if (current !== undefined) store.save({ ...current, lastUsed: at });
      return result;
    };
  };
}

/** The paths, each with who answers a method that it does not know. */
export const paths: readonly (Pick<Route, "path" | "admit"> & { readonly methods: string[] })[] = [
  ...new Set(routes.map(({ path }) => path)),
].map((path) => {
  const known = routes.filter((route) => route.path === path);
  return {
    path,
    methods: known.map(({ method }) => method.toUpperCase()),
    admit: (store, key, at) => known[0]?.admit(store, key, at) && (() => methodNotAllowed),
  };
});
