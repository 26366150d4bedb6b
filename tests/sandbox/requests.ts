/** What tests send to each operation of `sandbox/openapi.yaml`: one that succeeds, and one for each other status. */
import type { Sandbox } from "../../sandbox/sandbox";

export interface Request {
  readonly method: string;
  readonly query: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What the path's parameters stand for. */
  readonly values: Readonly<Record<string, string>>;
}

/** What a well-formed request of an operation has for a body. */
export const BODIES: Readonly<Record<string, unknown>> = {
  postToken: { name: "new", role: "reader" },
  patchToken: [{ op: "replace", path: "/name", value: "renamed" }],
  postSdkKey: { key: "new", name: "New" },
  patchSdkKeyByKey: { name: "renamed" },
};

const OTHER_VERSION = { "LD-API-Version": "20240415" };
const NO_VERSION = { "LD-API-Version": "2" };

/** What makes a request of an operation one that is answered with this status. */
export const FLAWS: Readonly<Record<string, Partial<Request>>> = {
  "postToken 400": { body: { role: "emperor" } },
  "patchToken 400": { body: { name: "renamed" } },
  "patchToken 422": { body: [{ op: "remove", path: "/description" }] },
  "resetEnvironmentSDKKey 400": { query: "?expiry=soon" },
  "resetEnvironmentMobileKey 400": { headers: NO_VERSION },
  "getEnvironmentsByProject 400": { query: "?sort=color" },
  "getEnvironmentsByProject 405": { method: "PUT" },
  "getSdkKeys 400": { query: "?sort=name" },
  "getSdkKeys 403": { headers: OTHER_VERSION },
  "postSdkKey 400": { body: { key: "new" } },
  "postSdkKey 409": { body: { key: "berlin", name: "New" } },
  "getSdkKeyByKey 400": { headers: NO_VERSION },
  "getSdkKeyByKey 403": { headers: OTHER_VERSION },
  "patchSdkKeyByKey 400": { body: [{ op: "replace", path: "/name", value: "renamed" }] },
  "patchSdkKeyByKey 409": { query: "?version=7" },
  "deleteSdkKeyByKey 400": { headers: NO_VERSION },
  "deleteSdkKeyByKey 409": { values: { sdkKeyKey: "default-sdk" } },
};

/** What the sandbox answers only if a fault is planned, and why it does not by itself. */
export const ONLY_BY_FAULT: Readonly<Record<string, string>> = {
  "getTokens 403": "Every key may list the tokens that it may see.",
  "getToken 403": "A token that a key may not see is not found.",
  "getEnvironmentsByProject 403": "Every key may list environments; without viewSdkKey it sees masked SDK keys.",
  "getRelayProxyConfigs 403": "Every key may view the configurations.",
  "getRelayProxyConfig 403": "Every key may view the configurations.",
  "patchToken 409": "The sandbox handles one request after another.",
  "resetEnvironmentSDKKey 409": "The sandbox handles one request after another.",
  "resetEnvironmentMobileKey 409": "The sandbox handles one request after another.",
  ...Object.fromEntries(
    ["getSdkKeys", "postSdkKey", "getSdkKeyByKey", "patchSdkKeyByKey", "deleteSdkKeyByKey"].map((id) => [
      `${id} 500`,
      "The sandbox does not fail.",
    ]),
  ),
};

/** Adds what an `{id}` in a path stands for, by how the path begins. @returns its id */
export const ADD: Readonly<Record<string, (sandbox: Sandbox) => { readonly id: string }>> = {
  "/api/v2/tokens/": ({ createToken }) => createToken({ name: "sample" }),
  "/api/v2/account/relay-auto-configs/": ({ createRelayConfiguration }) => createRelayConfiguration(),
};
