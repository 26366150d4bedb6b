/** What a stack knows of its credential's key: every combination of the flags of its state. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { type KeyStatus, keyStatus } from "../../provider/decisions/keyStatus";

type KeyState = Parameters<typeof keyStatus>[0];

const KEY = "api-aaaa";
const held: KeyState = {
  key: KEY,
  lastFour: "aaaa",
  keyRefused: false,
  lostReset: null,
  lateResetPossible: false,
  verificationPending: false,
};
const reset = { sentAt: 1, expiry: null };
const lost = { ...reset, processed: true } as const;
const doubt = { ...reset, processed: null };

describe("keyStatus", () => {
  const table: [what: string, state: Partial<KeyState>, expected: KeyStatus][] = [
    ["the current key is the stack's", {}, { kind: "held", mustLook: false }],
    ["LaunchDarkly shows no ending", { lastFour: null }, { kind: "held", mustLook: false }],
    ["the key has to prove itself", { verificationPending: true }, { kind: "unverified", mustLook: false }],
    ["a reset may come late", { lateResetPossible: true }, { kind: "perhaps late", mustLook: true }],
    ["a reset is in doubt", { lostReset: doubt }, { kind: "in doubt", mustLook: true }],
    ["so is the proof", { lostReset: doubt, verificationPending: true }, { kind: "in doubt", mustLook: true }],
    ["an answer is lost", { lostReset: lost }, { kind: "lost", mustLook: false }],
    ["and another key current", { lostReset: lost, lastFour: "bbbb" }, { kind: "lost", mustLook: false }],
    ["and no key was ever held", { lostReset: lost, key: null }, { kind: "lost", mustLook: false }],
    ["there was no key yet", { key: null }, { kind: "never held", mustLook: false }],
    ["nor a certain reset", { key: null, lostReset: doubt }, { kind: "never held", mustLook: true }],
    ["the ending is another", { lastFour: "bbbb" }, { kind: "foreign", mayBeOurs: false, mustLook: false }],
    [
      "perhaps by a late reset",
      { lastFour: "bbbb", lateResetPossible: true },
      { kind: "foreign", mayBeOurs: true, mustLook: true },
    ],
    ["LaunchDarkly refuses the key", { keyRefused: true }, { kind: "foreign", mayBeOurs: false, mustLook: false }],
    [
      "with a reset in doubt",
      { keyRefused: true, lostReset: doubt },
      { kind: "foreign", mayBeOurs: false, mustLook: true },
    ],
    [
      "a refusal without an ending says nothing",
      { keyRefused: true, lastFour: null },
      { kind: "held", mustLook: false },
    ],
  ];
  for (const [what, state, expected] of table) {
    it(`is "${expected.kind}" when ${what}`, () => {
      assert.deepEqual(keyStatus({ ...held, ...state }), expected);
    });
  }

  it("asks for a look exactly when a reset is in doubt, or may come late", () => {
    const states = fc.record({
      key: fc.constantFrom(KEY, null),
      lastFour: fc.constantFrom("aaaa", "bbbb", null),
      keyRefused: fc.boolean(),
      lostReset: fc.constantFrom(null, lost, doubt),
      lateResetPossible: fc.boolean(),
      verificationPending: fc.boolean(),
    });
    fc.assert(
      fc.property(states, (state) => {
        const isExpected = state.lateResetPossible || state.lostReset === doubt;
        assert.equal(keyStatus(state).mustLook, isExpected);
      }),
    );
  });
});
