/** The state of a resource that owns its token after another token, a take-over, and a look at the account. */
import assert from "node:assert/strict";

import {
  takenOver,
  withNewRecord,
  withPrevious,
  withPreviousRecords,
  withSeenRecords,
} from "../../../provider/decisions/replace/nextState";
import type { KeyRecord } from "../../../provider/model/answers";
import type { OldKeyExpiry } from "../../../provider/model/duration";
import { newOwnedState, type OwnedState, type Previous } from "../../../provider/model/ownedState";
import { AT, HOUR, iso, MINUTE, nonce, ownedState, previousToken, tokenRecord } from "../../support/ownedSamples";
import { rotatingAccessToken } from "../../../provider/credentials/rotatingAccessToken/credential";

describe("the state after another token", () => {
  const settings = { name: "ci", role: "reader" };
  const made = {
    key: "api-00000000-0000-4000-8000-00000000abcd",
    record: tokenRecord({ id: "t3", role: "reader", description: null }),
    number: 3,
    settings,
    at: AT + HOUR,
  };
  const after = (state: OwnedState, verify = true) =>
    withNewRecord(rotatingAccessToken, state, made, { triggers: { a: 2 }, verify }, "triggers.a changed");

  it("has its key, why it was made and what it is to be, and forgets what was seen of the one before", () => {
    const newer = { id: "t9", lastFour: null };
    const before = ownedState({ foreignExpiry: AT, oldKeyExpiresAt: iso(AT), openMark: true, newer: newer });
    assert.deepEqual(after(before), {
      ...before,
      ...{ key: made.key, currentId: "t3", lastFour: "abcd", triggers: { a: 2 }, settings, shown: settings },
      ...{ rotationCount: 3, lastRotatedAt: iso(AT + HOUR), lastRotationReason: "triggers.a changed" },
      ...{ verificationPending: true, foreignExpiry: null, oldKeyExpiresAt: null, lastUsed: 0 },
      newer: null,
      previous: [previousToken({ id: "t2", lastFour: "0000", retiredAt: null, end: AT, lastUsed: null })],
    });
  });

  it("has what LaunchDarkly says of the end and the use of the new one", () => {
    const record = tokenRecord({ expiry: AT + 9 * HOUR, lastUsed: null });
    const next = withNewRecord(
      rotatingAccessToken,
      ownedState(),
      { ...made, record },
      { triggers: null, verify: true },
      "why",
    );
    assert.deepEqual([next.foreignExpiry, next.lastUsed], [AT + 9 * HOUR, null]);
  });

  it("is proven where nothing has to be verified", () => {
    assert.equal(after(ownedState(), false).verificationPending, false);
  });

  const table: [what: string, before: Partial<OwnedState>, previous: string[]][] = [
    ["puts the one before in front of those that were retired earlier", { previous: [previousToken()] }, ["t2", "t1"]],
    ["has none before it after the first one", { currentId: null, key: null }, []],
    ["has none before it where that was deleted", { isGone: true, previous: [previousToken()] }, ["t1"]],
  ];
  for (const [what, before, previous] of table) {
    it(what, () => {
      const next = after(ownedState(before));
      assert.deepEqual([next.previous.map(({ id }) => id), next.isGone], [previous, false]);
    });
  }
});

describe("the state after a token is taken over", () => {
  it("has its key and what LaunchDarkly shows of it, and counts no rotation", () => {
    const empty = newOwnedState(nonce, { serviceToken: true });
    const record = tokenRecord({ description: null, expiry: AT + HOUR, lastUsed: AT - HOUR });
    const settings = { name: "ci", role: "writer" };
    assert.deepEqual(takenOver(rotatingAccessToken, empty, "api-abcd", record, { triggers: { a: 1 } }, AT), {
      ...empty,
      ...{ key: "api-abcd", currentId: "t2", lastFour: "abcd", triggers: { a: 1 }, settings, shown: settings },
      ...{ adoptedAt: iso(AT), foreignExpiry: AT + HOUR, lastUsed: AT - HOUR, rotationCount: 0 },
    });
  });

  it("has whosever mark it bears replaced", () => {
    const record = tokenRecord({ description: "text [Pulumi shop/dev/web 0123456789abcdef #4]" });
    const { settings, shown } = takenOver(
      rotatingAccessToken,
      newOwnedState(nonce, { serviceToken: true }),
      "api-abcd",
      record,
      { triggers: null },
      AT,
    );
    assert.deepEqual([settings["description"], shown["description"]], ["text", record.description]);
  });
});

describe("the state after a look at the tokens", () => {
  const seen = (state: OwnedState, ...tokens: KeyRecord[]) => withSeenRecords(rotatingAccessToken, state, tokens);

  it("is as it was where nothing has changed", () => {
    assert.deepEqual(seen(ownedState({ lastUsed: 0 }), tokenRecord()), ownedState({ lastUsed: 0 }));
  });

  it("keeps what it knows of a token that is not shown", () => {
    const state = ownedState({ foreignExpiry: AT, lastUsed: AT, previous: [previousToken()] });
    assert.deepEqual(seen(state), state);
  });

  it("has an expiry that somebody else gave, and a use", () => {
    const { foreignExpiry, lastUsed } = seen(ownedState(), tokenRecord({ expiry: AT + HOUR, lastUsed: AT }));
    assert.deepEqual([foreignExpiry, lastUsed], [AT + HOUR, AT]);
  });

  it("keeps a use that it knows of where LaunchDarkly says nothing of any", () => {
    assert.equal(seen(ownedState({ lastUsed: AT }), tokenRecord({ lastUsed: null })).lastUsed, AT);
  });

  it("finds a token again that was taken for deleted", () => {
    assert.equal(seen(ownedState({ isGone: true }), tokenRecord()).isGone, false);
  });

  it("takes a setting that somebody else changed for one that was asked for, and one that is gone for none", () => {
    const { settings, shown } = seen(ownedState(), tokenRecord({ name: "other", role: null }));
    const { description } = ownedState().settings;
    assert.deepEqual([settings, shown], [{ name: "other", description }, shown]);
    assert.deepEqual(shown, { name: "other", description });
  });

  it("leaves a setting that LaunchDarkly shows otherwise than it was asked for, as long as it does not change", () => {
    const asked = { ...ownedState().settings, defaultApiVersion: 20240415 };
    assert.deepEqual(seen(ownedState({ settings: asked }), tokenRecord()).settings, asked);
  });

  const end = AT + 24 * HOUR;
  const table: [what: string, before: Partial<Previous>, shown: Partial<KeyRecord>, after: Partial<Previous>][] = [
    ["an end", { end }, { expiry: end }, { end }],
    ["an end that LaunchDarkly keeps to the minute", { end }, { expiry: end - MINUTE + 1 }, { end }],
    ["an end that LaunchDarkly shows a little later", { end }, { expiry: end + MINUTE - 1 }, { end }],
    ["a later end", { end }, { expiry: end + MINUTE }, { end: end + MINUTE }],
    ["an end that somebody gave it", { end: null }, { expiry: end }, { end }],
    ["an end that somebody gave it, soon after 1970", { end: null }, { expiry: 1 }, { end: 1 }],
    ["no end where there was none", { end: null }, { expiry: null }, { end: null }],
    ["another end", { end }, { expiry: end - MINUTE }, { end: end - MINUTE }],
    ["that somebody has taken the end away", { end }, { expiry: null }, { end: null }],
    ["that an end by deletion is none at LaunchDarkly", { end, byDeletion: true }, { expiry: null }, { end }],
    [
      "what was asked for, while its end is what LaunchDarkly made of that",
      { end, asked: AT },
      { expiry: end },
      { end, asked: AT },
    ],
    ["a use", { lastUsed: 0 }, { lastUsed: AT }, { lastUsed: AT }],
    ["no use where LaunchDarkly does not say", { lastUsed: AT }, { lastUsed: null }, { lastUsed: AT }],
  ];
  for (const [what, before, shown, after] of table) {
    it(`knows of a previous token ${what}`, () => {
      const { previous } = seen(ownedState({ previous: [previousToken(before)] }), tokenRecord({ id: "t1", ...shown }));
      assert.deepEqual(previous, [previousToken({ ...before, ...after })]);
    });
  }

  it("forgets what was asked for of a previous token whose end somebody else has set", () => {
    const state = ownedState({ previous: [previousToken({ end, asked: AT })] });
    const { previous } = seen(state, tokenRecord({ id: "t1", expiry: end + HOUR }));
    assert.deepEqual(previous, [previousToken({ end: end + HOUR })]);
  });
});

describe("a previous token", () => {
  const state = ownedState({ previous: [previousToken(), previousToken({ id: "t0" })] });

  it("is changed alone", () => {
    const { previous } = withPrevious(state, "t0", { end: AT });
    assert.deepEqual(previous, [previousToken(), previousToken({ id: "t0", end: AT })]);
  });

  it("is forgotten once it is gone", () => {
    assert.deepEqual(withPrevious(state, "t1", "gone").previous, [previousToken({ id: "t0" })]);
  });
});

describe("a token that becomes a previous one", () => {
  const grace: OldKeyExpiry = { kind: "duration", milliseconds: 24 * HOUR };
  const rows: [what: string, expiry: number | null, OldKeyExpiry, retiredAt: number | null][] = [
    ["has a grace to come where it has no end", null, grace, null],
    ["keeps its end where it has one", AT + HOUR, grace, AT - 23 * HOUR],
    ["has an end to come by another rule", AT + HOUR, { kind: "immediate" }, null],
  ];
  for (const [what, expiry, oldKeyExpiry, retiredAt] of rows) {
    it(what, () => {
      const state = ownedState({ previous: [previousToken()] });
      const { previous } = withPreviousRecords(
        state,
        [tokenRecord({ id: "t9", expiry, lastUsed: null })],
        oldKeyExpiry,
      );
      const adopted = {
        ...{ id: "t9", lastFour: "0000", retiredAt, end: expiry, byDeletion: false, lastUsed: null },
        ...(retiredAt !== null && { isEstimate: true }),
      };
      assert.deepEqual(previous, [previousToken(), adopted]);
    });
  }
});
