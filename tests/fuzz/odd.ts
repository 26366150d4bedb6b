/** Values that nobody expects, and what must hold of a state that comes of them. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import type { ReplaceCredential, ResetCredential } from "../../provider/model/credential";
import { ownedOutputs, readOutputs, readOwned, stateOutputs } from "../../provider/model/outputs";
import type { OwnedState } from "../../provider/model/ownedState";
import type { State } from "../../provider/model/state";
import type { Properties } from "../support/providerProcess";

export const NOW = Date.UTC(2026, 10, 23);
export const ADMIN_KEY = "api-aaaaaaaa-0000-4000-8000-0123456789ab";
export const NEW_KEY = "api-bbbbbbbb-0000-4000-8000-0123456789cd";

export const odd = fc.oneof(
  fc.jsonValue(),
  fc.anything(),
  fc.constantFrom(
    ADMIN_KEY,
    NEW_KEY,
    "",
    "ab12",
    "1628001602644",
    -1,
    1e300,
    "9".repeat(400),
    "\ud800",
    -5,
    Number.NaN,
  ),
);

/** Pulumi keeps JSON: what is lost on the way would break the call after the reset. */
export function assertIsKept(state: State, credential: ResetCredential = accessToken): void {
  const kept = assertIsJson(stateOutputs(credential, state));
  const read = readOutputs(credential, kept);
  assert.ok(!("problems" in read), JSON.stringify(read));
  assert.deepEqual(stateOutputs(credential, read), kept);
}

/** The same of a credential that the stack owns. */
export function assertOwnedIsKept(state: OwnedState, credential: ReplaceCredential): void {
  const kept = assertIsJson(ownedOutputs(credential, state));
  const read = readOwned(credential, kept);
  assert.ok(!("problems" in read), JSON.stringify(read));
  assert.deepEqual(ownedOutputs(credential, read), kept);
}

function assertIsJson(outputs: object): Properties {
  const kept = JSON.parse(JSON.stringify(outputs)) as Properties;
  assert.equal(JSON.stringify(kept), JSON.stringify(outputs));
  assert.deepEqual(Object.keys(kept), Object.keys(outputs), "nothing is undefined");
  return kept;
}
