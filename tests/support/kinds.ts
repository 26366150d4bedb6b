/**
 * The catalogue of credentials for tests: every port of `provider/credentials/all.ts`, whichever its strategy, with what tests
 * need to rotate one at a sandbox. Tables are generated over it, so a port that is added is in all of them.
 */
import assert from "node:assert/strict";

import { credentials } from "../../provider/credentials/all";
import { markIn } from "../../provider/model/mark";
import type { Credential, ReplaceCredential, ResetCredential } from "../../provider/model/credential";
import type { LoggedRequest } from "../../sandbox/requestLog";
import { type Rotatable, rotatables } from "../../sandbox/rotatable";
import type { Sandbox } from "../../sandbox/sandbox";
import { type Ownable, type OwnablePlace, type OwnableRoutes, ownables } from "./ownable";
import type { Properties } from "./providerProcess";
import { WHO } from "./routes";

interface CommonKind {
  /** The route of the request that makes a key. */
  readonly MAKE: string;
  /** The route by which a refresh looks at the credential. */
  readonly LOOK: string;
  /** The route by which a destroy ends it; undefined where that leaves it alone. */
  readonly DELETE: string | undefined;
  /** The routes of the requests that prove a new key. */
  readonly VERIFY: readonly string[];
  /** The routes of all requests of a rotation that make no key. */
  readonly OTHERS: readonly string[];
  /** The inputs that a program may give. */
  readonly inputNames: readonly string[];
  /** Inputs that are only given together. */
  readonly together: readonly string[];
  /** Whether the first up makes a key; otherwise it takes over the one that is there. */
  readonly beginsWithKey: boolean;
  /** Whether an answer that is lost costs another key: LaunchDarkly does not show this one again. */
  readonly losesKeys: boolean;
  /** Whether the same request may be sent twice, and makes one key. */
  readonly isRepeatable: boolean;
  /** The values of oldKeyExpiry that leave a grace, and those that leave none; undefined where it is no input. */
  readonly graces: readonly string[];
  readonly noGraces: readonly (string | undefined)[];
  /** What a resource is about: it has nothing yet that is the resource's. */
  add(sandbox: Sandbox, name: string): Subject;
}

/** What a resource is about, at a sandbox. */
export interface Subject {
  /** What the program gives, without when to rotate. */
  readonly inputs: Properties;
  /** Inputs that begin with a key that is there. */
  takeOver(): { readonly inputs: Properties; readonly key: string };
  /** Whether consumers can use a key now. */
  accepts(key: unknown): boolean;
  /** Whether a request made a key of it, whatever was answered. */
  readonly hasMade: (request: LoggedRequest) => boolean;
  /** The ids of the records that are there with a resource's mark; none where a stack owns none. */
  marked(): string[];
  /** Changes what somebody else may change: resets it, or edits each record that the stack owns. */
  changeElsewhere(): void;
  /** Where the records are that the stack owns; undefined where it owns none. */
  readonly place: OwnablePlace | undefined;
}

/** A kind whose key LaunchDarkly replaces. */
export interface Kind extends CommonKind {
  readonly credential: ResetCredential;
  readonly rotatable: Rotatable;
  /** The route of a reset. */
  readonly RESET: string;
}

/** A kind whose records the stack owns. */
export interface OwnedKind extends CommonKind {
  readonly credential: ReplaceCredential;
  readonly routes: OwnableRoutes;
  /** What its entry in ownable.ts says of it. */
  readonly replacing: Properties;
  readonly mayLackExpiry: boolean;
  readonly isVersioned: boolean;
  readonly idField: string;
}

export type AnyKind = Kind | OwnedKind;

export function resetKind(credential: ResetCredential): Kind {
  const catalogue: Readonly<Record<string, Rotatable>> = rotatables;
  const rotatable =
    catalogue[credential.className] ??
    missing(
      credential,
      "rotatables of sandbox/rotatable.ts",
      "the routes that show and reset one, and how one is added",
    );
  const { isReadable, accessTokenId, initialKey, paths } = credential;
  const hasGrace = credential.noGrace === undefined;
  const [RESET, LOOK, VERIFY] = [rotatable.resetRoute, rotatable.lookRoute, accessTokenId === undefined ? [] : [WHO]];
  return {
    credential,
    rotatable,
    ...{ RESET, MAKE: RESET, LOOK, DELETE: undefined, VERIFY, OTHERS: [LOOK, ...VERIFY] },
    // One that has no grace is asked for it only to refuse it.
    inputNames: credential.inputNames.filter((name) => name !== "oldKeyExpiry" || hasGrace),
    together: [],
    beginsWithKey: !isReadable,
    losesKeys: !isReadable,
    isRepeatable: false,
    graces: hasGrace ? ["1h"] : [],
    noGraces: hasGrace ? ["immediate"] : [undefined],
    add(sandbox, name) {
      const one = rotatable.add(sandbox, name);
      const resetPath = paths.reset(one.identity);
      return {
        inputs: one.identity,
        takeOver: () => ({
          inputs: initialKey === undefined ? {} : { [initialKey]: one.currentKey() },
          key: one.currentKey(),
        }),
        accepts: (key) => one.accepts(String(key)),
        hasMade: ({ path, hasReset }) => path === resetPath && hasReset,
        marked: () => [],
        changeElsewhere: () => void one.resetElsewhere(),
        place: undefined,
      };
    },
  };
}

export function ownedKind(credential: ReplaceCredential): OwnedKind {
  const { className, isAccessToken, isReadable, inputNames, initial, identifier } = credential;
  const catalogue: Readonly<Record<string, Ownable>> = ownables;
  const { routes, place, replacing, mayLackExpiry, isVersioned, idField } =
    catalogue[className] ??
    missing(
      credential,
      "ownables of tests/support/ownable.ts",
      "the routes of its records, and the place where they are",
    );
  const VERIFY = isAccessToken ? [WHO] : [];
  const isRepeatable = identifier !== undefined;
  return {
    credential,
    ...{ replacing, mayLackExpiry, isVersioned, idField },
    ...{ routes, isRepeatable, MAKE: routes.create, LOOK: routes.list, DELETE: routes.remove, VERIFY },
    OTHERS: [routes.list, routes.show, routes.change, ...VERIFY],
    inputNames,
    together: initial.key === undefined ? [] : [initial.id, initial.key],
    beginsWithKey: true,
    losesKeys: !isReadable && !isRepeatable,
    graces: ["1h"],
    noGraces: ["immediate"],
    add(sandbox, name) {
      const one = place(sandbox, name);
      const fixed = Object.fromEntries(credential.fixed.map(({ input }) => [input, String(one.inputs[input])]));
      const creationPath = credential.paths.list(fixed);
      const marked = () =>
        one.records().flatMap(({ id, description = null }) => (markIn(description) === undefined ? [] : [id]));
      return {
        inputs: one.inputs,
        takeOver() {
          const made = one.byHand();
          return { inputs: one.takingOver(made), key: made.key };
        },
        accepts: (key) => one.accepts(String(key)),
        hasMade: ({ route, path, fault, status }) =>
          route === routes.create &&
          path === creationPath &&
          (fault === undefined ? status === 201 : fault.endsWith(" after")),
        marked,
        changeElsewhere() {
          for (const id of marked()) one.edit(id);
        },
        place: one,
      };
    },
  };
}

function missing({ className }: Credential, where: string, what: string): never {
  return assert.fail(
    `${className} is in provider/credentials/all.ts, and tests can't rotate one. Add it to ${where}: ${what}.`,
  );
}

/** Those whose records the stack owns. */
export const credentialsOfStacks = credentials.filter((one) => one.strategy === "replace");

/** Those that are reset. */
export const resetCredentials = credentials.filter((one) => one.strategy === "reset");

export const kinds: readonly Kind[] = resetCredentials.map(resetKind);

export const ownedKinds: readonly OwnedKind[] = credentialsOfStacks.map(ownedKind);

export const everyKind: readonly AnyKind[] = [...kinds, ...ownedKinds];

/** The kind of the class of a resource that is reset. */
export function kindOf(className: string): Kind {
  return kinds.find(({ credential }) => credential.className === className) ?? assert.fail(className);
}

/** The kind of the class of a resource that owns its records. */
export function ownedKindOf(className: string): OwnedKind {
  return ownedKinds.find(({ credential }) => credential.className === className) ?? assert.fail(className);
}

/** What decides how a rotation goes on when something goes wrong. */
const formOf = ({ credential: { strategy, isReadable }, VERIFY, graces, isRepeatable }: AnyKind) =>
  JSON.stringify([strategy, isReadable, VERIFY.length, graces, isRepeatable]);

/** Whether a kind is the first of its form: those of `npm test` stand for the others, which have their turn every night. */
export function standsForOthers(kind: AnyKind): boolean {
  return everyKind.find((one) => formOf(one) === formOf(kind)) === kind;
}
