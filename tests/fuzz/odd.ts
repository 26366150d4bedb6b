/** Values that nobody expects, and what must hold of a state that comes of them. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { accessToken } from "../../provider/credentials/accessToken/credential";
import type { State } from "../../provider/model/state";
import { stateOutputs } from "../../provider/model/outputs";
import type { Properties } from "../support/providerProcess";
import { storedState } from "../support/storedState";

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
export function assertIsKept(state: State): void {
  const outputs = stateOutputs(accessToken, state);
  const kept = JSON.parse(JSON.stringify(outputs)) as Properties;
  assert.equal(JSON.stringify(kept), JSON.stringify(outputs));
  assert.deepEqual(Object.keys(kept), Object.keys(outputs), "nothing is undefined");
  assert.deepEqual(stateOutputs(accessToken, storedState(kept)), kept);
}
