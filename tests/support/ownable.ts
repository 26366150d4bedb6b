/**
 * Every kind of record that a stack may own and the sandbox has: how one is asked for, by which routes, and how its key is
 * tried. Tests of owned credentials are generated over this catalogue, as those of reset ones are over sandbox/rotatable.ts.
 */
import type { Sandbox } from "../../sandbox/sandbox";
import type { Properties } from "./providerProcess";

/** The routes of the sandbox, as the log of requests names them. */
export interface OwnableRoutes {
  readonly list: string;
  readonly create: string;
  readonly show: string;
  readonly change: string;
  readonly remove: string;
}

/** A record as the sandbox keeps it. */
export interface OwnableRecord {
  readonly id: string;
  readonly key: string;
  readonly description: string | undefined;
  /** When it ends, in epoch milliseconds; undefined for never. */
  readonly expiry: number | undefined;
}

/** Where the records of one resource are, and what its program says of them. */
export interface OwnablePlace {
  /** What the program asks for, without when to rotate. */
  readonly inputs: Properties;
  /** Other settings, which can be changed without another key. */
  readonly edited: Properties;
  /** Adds a record as somebody else would: the inputs that take it over, and its key. */
  byHand(): { readonly inputs: Properties; readonly key: string };
  /** Those that are there, oldest first. */
  records(): OwnableRecord[];
  /** Deletes one, as somebody else would. */
  remove(id: string): void;
  /** Whether consumers can use a key now. */
  accepts(key: string): boolean;
}

export interface Ownable {
  readonly routes: OwnableRoutes;
  /** Makes a place for a resource; nothing is in it that is the resource's. */
  place(sandbox: Sandbox, name: string): OwnablePlace;
}

const TOKENS = "/api/v2/tokens";
const KEYS = "/api/v2/projects/:projectKey/environments/:environmentKey/sdk-keys";

/** The routes of records that are at a path, each below it by its identifier. */
function routesAt(path: string, identifier: string): OwnableRoutes {
  const one = `${path}/:${identifier}`;
  return {
    list: `GET ${path}`,
    create: `POST ${path}`,
    show: `GET ${one}`,
    change: `PATCH ${one}`,
    remove: `DELETE ${one}`,
  };
}

/** By the names of the package's resource classes; of those that are to come, too. */
export const ownables: Readonly<Record<string, Ownable>> = {
  RotatingAccessToken: {
    routes: routesAt(TOKENS, "id"),
    place: (sandbox, name) => ({
      inputs: { name, role: "writer" },
      edited: { role: "reader", description: "edited" },
      byHand() {
        const { id, key } = sandbox.createToken({ name: "by hand", role: "writer" });
        return { inputs: { initialToken: key, initialTokenId: id }, key };
      },
      records: () =>
        sandbox.store
          .all()
          .map(({ id, keys, description, expiry }) => ({ id, key: keys[0].value, description, expiry })),
      remove: (id) => {
        sandbox.store.delete(id);
      },
      accepts: (key) => sandbox.store.findByKey(key, sandbox.clock.now()) !== undefined,
    }),
  },
  RotatingSdkKey: { routes: routesAt(KEYS, "sdkKeyKey"), place: placeOfKeys("sdk") },
  RotatingMobileKey: { routes: routesAt(KEYS, "sdkKeyKey"), place: placeOfKeys("mobile") },
};

/** Keys of an environment: LaunchDarkly shows them again, and its REST API accepts none of them. */
function placeOfKeys(kind: "sdk" | "mobile"): Ownable["place"] {
  return (sandbox, name) => {
    const { projectKey, environmentKey } = sandbox.createEnvironment({ name });
    const environment = { projectKey, environmentKey };
    const there = () => sandbox.additionalKeys.all(environment).filter((one) => one.kind === kind && !one.isDeleted);
    return {
      inputs: { ...environment, name },
      edited: { name: `${name} edited`, description: "edited" },
      byHand() {
        const { keyId, key } = sandbox.additionalKeys.add(environment, { kind, name: "by hand" });
        return { inputs: { initialKeyId: keyId }, key };
      },
      records: () => there().map(({ keyId: id, key, description, expiry }) => ({ id, key, description, expiry })),
      remove: (id) => {
        sandbox.additionalKeys.remove(environment, id);
      },
      accepts: (key) => there().some((one) => one.works && one.key === key),
    };
  };
}
