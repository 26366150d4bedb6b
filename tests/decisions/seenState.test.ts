/** The state after a look at the credential: what it settles, where the key can be read and where it can't. */
import assert from "node:assert/strict";

import { seenState, withOpenReset } from "../../provider/decisions/nextState";
import type { Found } from "../../provider/model/answers";
import type { State } from "../../provider/model/state";
import { assertChanged, AT, found, held, HOUR, iso } from "../support/heldState";

describe("the state after a look", () => {
  const NOTHING = { name: null, role: "nobody" };
  const look = (before: Partial<State>, seen: Partial<Found>) =>
    seenState({ ...held, ...before }, found(seen), NOTHING, AT);

  it("has LaunchDarkly's word, and forgets details that are not said any more", () => {
    assertChanged(look({}, { lastFour: "bbbb", lastModified: AT }), held, {
      lastFour: "bbbb",
      lastModified: AT,
      details: { name: "ci", role: "nobody" },
    });
  });

  it("keeps a late reset in mind only while another key than the stack's is current", () => {
    assert.equal(look({ lateResetPossible: true }, { lastFour: "bbbb" }).lateResetPossible, true);
    assert.equal(look({ lateResetPossible: true }, {}).lateResetPossible, false);
    assert.equal(look({}, { lastFour: "bbbb" }).lateResetPossible, false);
  });
});

describe("the state after a look at a key that can be read", () => {
  const order = { triggers: { a: 2 }, reason: "triggers.a changed" };
  const open = withOpenReset(held, order, { sentAt: AT - 1, expiry: AT + HOUR });
  const look = (before: State, key: string) =>
    seenState(before, found({ key, lastFour: key.slice(-4) }), { name: null, role: "reader" }, AT);

  it("notes what an open reset would be recorded with", () => {
    assertChanged(open, held, { openReset: { ...order, sentAt: AT - 1, expiry: AT + HOUR } });
  });

  it("drops an open reset when the key is the same: it was not carried out", () => {
    assertChanged(look(open, "api-aaaa"), held, {});
  });

  it("records an open reset when the key is another one: it was carried out", () => {
    assertChanged(look(open, "api-bbbb"), held, {
      key: "api-bbbb",
      lastFour: "bbbb",
      triggers: { a: 2 },
      lastRotatedAt: iso(AT - 1),
      rotationCount: 4,
      lastRotationReason: "triggers.a changed",
      oldKeyExpiresAt: iso(AT + HOUR),
    });
  });

  it("takes another key over when no reset of the stack is open: somebody else reset it", () => {
    assertChanged(look(held, "api-bbbb"), held, {
      key: "api-bbbb",
      lastFour: "bbbb",
      adoptedAt: iso(AT),
      oldKeyExpiresAt: null,
    });
  });

  it("settles a reset in doubt, or one that may come late", () => {
    const lostReset = { sentAt: AT - 1, expiry: null, processed: null };
    assertChanged(look({ ...held, lostReset, lateResetPossible: true }, "api-aaaa"), held, {});
  });
});
