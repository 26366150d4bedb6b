/** Every credential of the package, whichever its strategy, with what tests need to rotate one at a sandbox. */
import assert from "node:assert/strict";

import { credentials } from "../../provider/credentials/all";
import type { Credential, ReplaceCredential, ResetCredential } from "../../provider/model/credential";
import type { LoggedRequest } from "../../sandbox/requestLog";
import type { Sandbox } from "../../sandbox/sandbox";
import { kindOf } from "./kinds";
import { ownables } from "./ownable";
import type { Properties } from "./providerProcess";
import { WHO } from "./routes";

export interface AnyKind {
  readonly credential: Credential;
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
  /** Values of oldKeyExpiry with a grace. */
  readonly graces: readonly string[];
  /** Whether a request of this kind made a key, whatever was answered. */
  hasMade(request: LoggedRequest): boolean;
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
}

/**
 * Where the stack chooses the identifier of a record, a creation may be repeated, and a lost answer costs nothing: what these
 * rows bring about does not come about. tests/lifecycle/owned/keyFaults.test.ts has what does.
 */
const isRepeatable = (credential: Credential) =>
  credential.strategy === "replace" && credential.identifier !== undefined;

export const everyKind: readonly AnyKind[] = credentials
  .filter((one) => !isRepeatable(one))
  .map((credential) => (credential.strategy === "reset" ? resetKind(credential) : replaceKind(credential)));

function resetKind(credential: ResetCredential): AnyKind {
  const { rotatable, RESET, LOOK, VERIFY, graces } = kindOf(credential.className);
  return {
    credential,
    MAKE: RESET,
    LOOK,
    DELETE: undefined,
    VERIFY,
    OTHERS: [LOOK, ...VERIFY],
    // One that has no grace is asked for it only to refuse it.
    inputNames: credential.inputNames.filter((name) => name !== "oldKeyExpiry" || graces.length > 0),
    together: [],
    beginsWithKey: !credential.isReadable,
    losesKeys: !credential.isReadable,
    graces,
    hasMade: ({ route, hasReset }) => route === RESET && hasReset,
    add(sandbox, name) {
      const one = rotatable.add(sandbox, name);
      return {
        inputs: one.identity,
        takeOver: () => ({
          inputs: credential.initialKey === undefined ? {} : { [credential.initialKey]: one.currentKey() },
          key: one.currentKey(),
        }),
        accepts: (key) => one.accepts(String(key)),
      };
    },
  };
}

function replaceKind(credential: ReplaceCredential): AnyKind {
  const { className, isAccessToken, inputNames, initial } = credential;
  const { routes, place } = ownables[className] ?? assert.fail(`tests/support/ownable.ts has no ${className}`);
  return {
    credential,
    MAKE: routes.create,
    LOOK: routes.list,
    DELETE: routes.remove,
    VERIFY: isAccessToken ? [WHO] : [],
    OTHERS: [routes.list, routes.show, routes.change, ...(isAccessToken ? [WHO] : [])],
    inputNames,
    together: initial.key === undefined ? [] : [initial.id, initial.key],
    beginsWithKey: true,
    losesKeys: isAccessToken,
    graces: ["1h"],
    hasMade: ({ route, fault, status }) =>
      route === routes.create && (fault === undefined ? status === 201 : fault.endsWith(" after")),
    add(sandbox, name) {
      const one = place(sandbox, name);
      return {
        inputs: one.inputs,
        takeOver() {
          const made = one.byHand();
          return { inputs: one.takingOver(made), key: made.key };
        },
        accepts: (key) => one.accepts(String(key)),
      };
    },
  };
}
