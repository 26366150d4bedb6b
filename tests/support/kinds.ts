/** The kinds of credentials, each with what tests need to know of it: taken from the port and the sandbox's catalogue. */
import assert from "node:assert/strict";

import { credentials } from "../../provider/credentials/all";
import type { ResetCredential } from "../../provider/model/credential";
import { type Rotatable, rotatables } from "../../sandbox/rotatable";
import { WHO } from "./routes";

export interface Kind {
  readonly credential: ResetCredential;
  readonly rotatable: Rotatable;
  /** The routes of the sandbox that a rotation uses. */
  readonly LOOK: string;
  readonly RESET: string;
  /** The requests that prove a new key. */
  readonly VERIFY: readonly string[];
  /** The values of oldKeyExpiry that leave a grace, and those that leave none; undefined where it is no input. */
  readonly graces: readonly string[];
  readonly noGraces: readonly (string | undefined)[];
}

/** Those whose records the stack owns. */
export const credentialsOfStacks = credentials.filter((one) => one.strategy === "replace");

/** Those that are reset. */
export const resetCredentials = credentials.filter((one) => one.strategy === "reset");

export const kinds: readonly Kind[] = resetCredentials.map((credential) => {
  const catalogue: Readonly<Record<string, Rotatable>> = rotatables;
  const rotatable = catalogue[credential.className] ?? assert.fail(`the sandbox has no ${credential.className}`);
  const hasGrace = credential.noGrace === undefined;
  return {
    credential,
    rotatable,
    LOOK: rotatable.lookRoute,
    RESET: rotatable.resetRoute,
    VERIFY: credential.accessTokenId === undefined ? [] : [WHO],
    graces: hasGrace ? ["1h"] : [],
    noGraces: hasGrace ? ["immediate"] : [undefined],
  };
});

/** The kind of a resource's class. */
export function kindOf(className: string): Kind {
  return kinds.find(({ credential }) => credential.className === className) ?? assert.fail(className);
}
