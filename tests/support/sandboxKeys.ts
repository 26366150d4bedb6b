/** Requests to the sandbox's endpoints of an environment's several keys, which are in beta. */
import type { CreatedEnvironment } from "../../sandbox/sandbox";
import type { Caller, Reply } from "./sandboxCaller";

const BETA = { "LD-API-Version": "beta" };

export interface KeysOfEnvironment {
  readonly environment: CreatedEnvironment;
  /** @param caller by default the admin */
  create(body: object, caller?: string): Promise<Reply>;
  show(keyId: string, caller?: string): Promise<Reply>;
  /** @param query such as "?limit=1" */
  list(query?: string, caller?: string): Promise<Reply>;
  patch(keyId: string, body: unknown, options?: { query?: string; caller?: string }): Promise<Reply>;
  remove(keyId: string, caller?: string): Promise<Reply>;
  /** What a list says of its items by this name. */
  listed(name: string, query?: string): Promise<unknown[]>;
}

/** The keys of an environment of its own for every test. To be called in a `describe`. */
export function eachEnvironment(caller: Caller): KeysOfEnvironment {
  let environment: CreatedEnvironment;
  beforeEach(() => {
    environment = caller.sandbox.createEnvironment({ projectKey: "shop", key: "production" });
  });
  const send = (method: string, rest = "", key?: string, body?: unknown) =>
    caller.call(method, `/projects/shop/environments/production/sdk-keys${rest}`, key, body, BETA);
  const list = (query = "", key?: string) => send("GET", query, key);
  return {
    get environment() {
      return environment;
    },
    create: (body, key) => send("POST", "", key, body),
    show: (keyId, key) => send("GET", `/${keyId}`, key),
    list,
    patch: (keyId, body, { query = "", caller: key } = {}) => send("PATCH", `/${keyId}${query}`, key, body),
    remove: (keyId, key) => send("DELETE", `/${keyId}`, key),
    async listed(name, query) {
      const { json } = await list(query);
      return (json["items"] as Record<string, unknown>[]).map((item) => item[name]);
    },
  };
}
