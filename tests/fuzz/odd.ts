/** Values that nobody expects, and what must hold of a state that comes of them. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { type State, stateSchema } from "../../provider/model/state";

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
  const kept: unknown = JSON.parse(JSON.stringify(state));
  assert.equal(JSON.stringify(kept), JSON.stringify(state));
  assert.deepEqual(Object.keys(kept as object), Object.keys(state), "nothing is undefined");
  assert.deepEqual(stateSchema.parse(kept), kept);
}
