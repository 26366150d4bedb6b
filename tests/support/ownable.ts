/**
 * Every kind of record that a stack may own and the sandbox has: how one is asked for, by which routes, and how its key is
 * tried. Tests of owned credentials are generated over this catalogue, as those of reset ones are over sandbox/rotatable.ts.
 */
import assert from "node:assert/strict";

import type { AccessToken } from "../../sandbox/accessToken";
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
  /** What else the program says of it, by the names of its inputs. */
  readonly settings: Properties;
  /** Whether its key was ever used; a key that LaunchDarkly shows again needs no such proof, and counts as used. */
  readonly isProven: boolean;
}

/** A record that somebody made, whose key is known. */
export interface Made {
  readonly id: string;
  readonly key: string;
}

/** Where the records of one resource are, and what its program says of them. */
export interface OwnablePlace {
  /** What the program asks for, without when to rotate. */
  readonly inputs: Properties;
  /** Other settings, which can be changed without another key. */
  readonly edited: Properties;
  /** Adds a record as somebody else would. */
  byHand(name?: string): Made;
  /** The inputs that take such a record over. */
  takingOver(made: Made): Properties;
  /** Those that are there, oldest first. */
  records(): OwnableRecord[];
  /** Changes one of its settings, as somebody else would. */
  edit(id: string): void;
  /** Gives one another description, its mark among it. */
  describe(id: string, description: string): void;
  /** Deletes one, as somebody else would. */
  remove(id: string): void;
  /** Gives one an end, or takes it away, as somebody else would. */
  end(id: string, expiry: number | undefined): void;
  /**
   * Has a consumer use the key of one: a test is short, and stands for days.
   *
   * @param after so long after it was made, in milliseconds. @default an hour, by now at the latest
   */
  use(id: string, after?: number): void;
  /** Whether consumers can use a key now. */
  accepts(key: string): boolean;
}

export interface Ownable {
  readonly routes: OwnableRoutes;
  /** Another value of what can't be changed of a record, and leaves it where it is; none where only the place is fixed. */
  readonly replacing: Properties;
  /** Whether LaunchDarkly may turn out to know no expiry of such records. */
  readonly mayLackExpiry: boolean;
  /** Where an answer says which record it shows. */
  readonly idField: string;
  /** Whether each has a version, which a change names: after a conflict it is looked at again. */
  readonly isVersioned: boolean;
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

const ofKeys = {
  routes: routesAt(KEYS, "sdkKeyKey"),
  replacing: {},
  mayLackExpiry: false,
  isVersioned: true,
  idField: "key",
};

/** By the names of the package's resource classes; of those that are to come, too. */
export const ownables: Readonly<Record<string, Ownable>> = {
  RotatingAccessToken: {
    ...{ routes: routesAt(TOKENS, "id"), place: placeOfTokens },
    ...{ replacing: { serviceToken: false }, mayLackExpiry: true, isVersioned: false, idField: "_id" },
  },
  RotatingSdkKey: { ...ofKeys, place: placeOfKeys("sdk") },
  RotatingMobileKey: { ...ofKeys, place: placeOfKeys("mobile") },
};

const HOUR_MS = 3_600_000;

/** Access tokens: LaunchDarkly shows their keys once, and says when they were last used. */
function placeOfTokens({ store, clock, createToken }: Sandbox, name: string): OwnablePlace {
  const save = (id: string, changes: Partial<AccessToken>) => {
    store.save({ ...(store.find(id) ?? assert.fail(`there is no token ${id}`)), ...changes });
  };
  return {
    inputs: { name, role: "writer" },
    edited: { role: "reader", description: "edited" },
    byHand: (title = "by hand") => createToken({ name: title, role: "writer" }),
    takingOver: ({ id, key }) => ({ initialToken: key, initialTokenId: id }),
    records: () =>
      store.all().map(({ id, keys, description, expiry, role, name: title, lastUsed }) => {
        return { id, key: keys[0].value, description, expiry, settings: { name: title, role }, isProven: lastUsed > 0 };
      }),
    edit: (id) => {
      save(id, { role: "admin" });
    },
    describe: (id, description) => {
      save(id, { description });
    },
    remove: (id) => {
      store.delete(id);
    },
    end: (id, expiry) => {
      save(id, { expiry });
    },
    use(id, after) {
      const lastUsed = clock.now() + (after ?? 0);
      const { creationDate } = store.find(id) ?? assert.fail(id);
      save(id, {
        lastUsed,
        ...(after === undefined && { creationDate: Math.min(creationDate, lastUsed - HOUR_MS) }),
      });
    },
    accepts: (key) => store.findByKey(key, clock.now()) !== undefined,
  };
}

/** Keys of an environment: LaunchDarkly shows them again, and its REST API accepts none of them. */
function placeOfKeys(kind: "sdk" | "mobile"): Ownable["place"] {
  return ({ additionalKeys, createEnvironment }, name) => {
    const { projectKey, environmentKey } = createEnvironment({ name });
    const environment = { projectKey, environmentKey };
    const there = () => additionalKeys.all(environment).filter((one) => one.kind === kind && !one.isDeleted);
    return {
      inputs: { ...environment, name },
      edited: { name: `${name} edited`, description: "edited" },
      byHand(title = "by hand") {
        const { keyId, key } = additionalKeys.add(environment, { kind, name: title });
        return { id: keyId, key };
      },
      takingOver: ({ id }) => ({ initialKeyId: id }),
      records: () =>
        there().map(({ keyId: id, key, description, expiry, name: title }) => {
          return { id, key, description, expiry, settings: { name: title }, isProven: true };
        }),
      edit: (id) => {
        additionalKeys.change(environment, id, { name: "renamed by hand" });
      },
      describe: (id, description) => {
        additionalKeys.change(environment, id, { description });
      },
      remove: (id) => {
        additionalKeys.remove(environment, id);
      },
      end: (id, expiry) => {
        additionalKeys.change(environment, id, { expiry });
      },
      // LaunchDarkly does not say when such a key was last used.
      use: () => undefined,
      accepts: (key) => there().some((one) => one.works && one.key === key),
    };
  };
}
