/** A state of a credential whose key a stack holds, and what LaunchDarkly shows of it, for tables of what follows. */
import assert from "node:assert/strict";

import { takenOverState, initialState } from "../../provider/decisions/nextState";
import type { Found } from "../../provider/model/answers";
import type { State } from "../../provider/model/state";

/** When it happens, in epoch milliseconds. */
export const AT = Date.UTC(2026, 10, 25);
export const HOUR = 3_600_000;
export const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();

export const found = (more: Partial<Found> = {}): Found => {
  return { key: null, lastFour: "aaaa", lastModified: AT - HOUR, details: { name: "ci", role: null }, ...more };
};
export const initial = initialState({ tokenId: "one" }, { a: 1 }, found(), { name: null, role: "reader" });
export const held: State = { ...takenOverState(initial, "api-aaaa", AT - HOUR), rotationCount: 3 };

/** Holds a state to another one but for some properties. */
export function assertChanged(after: State, before: State, changes: Partial<State>): void {
  assert.deepEqual(after, { ...before, ...changes });
}
