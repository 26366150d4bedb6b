/** The state after a take-over, a rotation and a lost reset: what each of them sets, and what it leaves. */
import assert from "node:assert/strict";

import {
  takenOverState,
  lostState,
  resolveLostReset,
  rotatedState,
  type Rotation,
} from "../../provider/decisions/nextState";
import type { Found } from "../../provider/model/answers";
import type { State } from "../../provider/model/state";
import { assertChanged, AT, found, held, HOUR, initial, iso } from "../support/heldState";

describe("the first state", () => {
  it("holds no key, what LaunchDarkly shows, and the triggers as the baseline", () => {
    const { identity, key, lastFour, lastModified, triggers, rotationCount, lastRotatedAt } = initial;
    assert.deepEqual([identity, key, lastFour, lastModified], [{ tokenId: "one" }, null, "aaaa", AT - HOUR]);
    assert.deepEqual([triggers, rotationCount, lastRotatedAt], [{ a: 1 }, 0, null]);
  });

  it("has the details that LaunchDarkly says, and for the others what stands for nothing", () => {
    assert.deepEqual(initial.details, { name: "ci", role: "reader" });
  });

  it("takes a key over with the time of that, and counts no rotation", () => {
    assertChanged(takenOverState(initial, "api-bbbb", AT), initial, {
      key: "api-bbbb",
      lastFour: "bbbb",
      adoptedAt: iso(AT),
    });
  });
});

describe("the state after a rotation", () => {
  const rotation: Rotation = {
    triggers: { a: 2 },
    reason: "triggers.a changed",
    key: "api-bbbb",
    found: found({ lastModified: AT, details: { name: "renamed", role: null } }),
    at: AT,
    expiry: AT + HOUR,
    verify: true,
    lateResetPossible: false,
  };
  const rotated: Partial<State> = {
    triggers: { a: 2 },
    key: "api-bbbb",
    lastFour: "bbbb",
    lastModified: AT,
    details: { name: "renamed", role: "reader" },
    oldKeyExpiresAt: iso(AT + HOUR),
    lastRotatedAt: iso(AT),
    rotationCount: 4,
    lastRotationReason: "triggers.a changed",
    verificationPending: true,
  };

  const doubt = { sentAt: AT - HOUR, expiry: null, processed: null };
  const lost = { ...doubt, processed: true } as const;
  const table: [what: string, before: Partial<State>, rotation: Partial<Rotation>, changes: Partial<State>][] = [
    ["has the new key, its reason and the end of the old one", {}, {}, {}],
    ["ends the old key now without a grace", {}, { expiry: undefined }, { oldKeyExpiresAt: iso(AT) }],
    ["is proven where nothing has to be verified", {}, { verify: false }, { verificationPending: false }],
    ["remembers a reset that may come late", {}, { lateResetPossible: true }, { lateResetPossible: true }],
    [
      "has the time of the answer where none is shown",
      {},
      { found: found({ lastModified: null }) },
      { details: held.details },
    ],
    ["forgets a refused key and a reset in doubt", { keyRefused: true, lostReset: doubt }, {}, {}],
    [
      "keeps the nearer end of the key that people hold, after a lost one",
      { lostReset: lost, oldKeyExpiresAt: iso(AT + 60_000) },
      {},
      { oldKeyExpiresAt: iso(AT + 60_000) },
    ],
    [
      "never prolongs it, after a lost one",
      { lostReset: lost, oldKeyExpiresAt: iso(AT + 2 * HOUR) },
      {},
      { oldKeyExpiresAt: iso(AT + HOUR) },
    ],
    ["has the new end where the lost one promised none", { lostReset: lost, oldKeyExpiresAt: null }, {}, {}],
  ];
  for (const [what, before, more, changes] of table) {
    it(what, () => {
      const cleared = { keyRefused: false, lostReset: null, openReset: null };
      assertChanged(rotatedState({ ...held, ...before }, { ...rotation, ...more }), held, {
        ...rotated,
        ...cleared,
        ...changes,
      });
    });
  }
});

describe("the state after a reset whose answer was lost", () => {
  const sent = { sentAt: AT, expiry: AT + HOUR };
  const doubt = { ...sent, processed: null };
  const lost = { ...sent, processed: true } as const;

  it("is in doubt while nobody has looked, and keeps the triggers, the key and its record", () => {
    assertChanged(lostState(held, sent, undefined), held, { lostReset: doubt });
  });

  it("knows that it was carried out, and when the old key ends, after a look", () => {
    assertChanged(lostState(held, sent, found({ lastFour: "bbbb", lastModified: AT })), held, {
      lastFour: "bbbb",
      lastModified: AT,
      oldKeyExpiresAt: iso(AT + HOUR),
      lostReset: lost,
    });
  });

  it("ends the old key when it was sent, if it asked for no grace", () => {
    const after = lostState(held, { sentAt: AT, expiry: undefined }, found());
    assert.deepEqual([after.oldKeyExpiresAt, after.lostReset?.expiry], [iso(AT), null]);
  });

  it("does not forget what is known over another one in doubt", () => {
    const again = { sentAt: AT + HOUR, expiry: undefined };
    assertChanged(lostState({ ...held, lostReset: lost }, again, undefined), held, {
      lostReset: { sentAt: AT + HOUR, expiry: null, processed: true },
    });
  });

  const table: [what: string, lostReset: State["lostReset"], seen: Found, changes: Partial<State>][] = [
    ["is resolved as never sent by an unchanged look", doubt, found(), { lostReset: null }],
    [
      "is resolved as carried out by another ending",
      doubt,
      found({ lastFour: "bbbb" }),
      { lostReset: lost, oldKeyExpiresAt: iso(AT + HOUR) },
    ],
    [
      "ends the old key when it was sent, if carried out without a grace",
      { ...doubt, expiry: null },
      found({ lastFour: "bbbb" }),
      { lostReset: { ...lost, expiry: null }, oldKeyExpiresAt: iso(AT) },
    ],
    ["stays carried out, whatever a look shows", lost, found(), { lostReset: lost }],
    ["is none where there was none", null, found({ lastFour: "bbbb" }), {}],
  ];
  for (const [what, lostReset, seen, changes] of table) {
    it(what, () => {
      assertChanged(resolveLostReset({ ...held, lostReset }, seen), held, { lostReset, ...changes });
    });
  }
});
