/** What a state keeps of an end that somebody else has set for a record whose key is reset, and when it asks for a reset. */
import assert from "node:assert/strict";

import { foreignEndAfter } from "../../provider/decisions/ends";
import { reasonText, rotationReasons } from "../../provider/decisions/rotationReason";
import type { OldKeyExpiry } from "../../provider/model/duration";
import type { State } from "../../provider/model/state";
import { AT, held, iso } from "../support/heldState";

const DAY = 86_400_000;

describe("the end that a state keeps", () => {
  const kept = { at: AT, outlastsReset: false };
  const rows: [what: string, ...Parameters<typeof foreignEndAfter>, after: ReturnType<typeof foreignEndAfter>][] = [
    ["is the one that a look shows", null, AT, false, kept],
    ["is none where a look shows none", kept, null, false, null],
    ["stays where LaunchDarkly says nothing of ends", kept, undefined, false, kept],
    ["outlasts a reset after which it is shown", kept, AT, true, { at: AT, outlastsReset: true }],
    [
      "goes on outlasting it in later looks",
      { at: AT, outlastsReset: true },
      AT,
      false,
      { at: AT, outlastsReset: true },
    ],
    [
      "is new if it is another one",
      { at: AT, outlastsReset: true },
      AT + 1,
      false,
      { at: AT + 1, outlastsReset: false },
    ],
    ["is new after a reset, too", kept, AT + 1, true, { at: AT + 1, outlastsReset: false }],
    ["is new if no run has seen it before the reset", null, AT, true, kept],
  ];
  for (const [what, before, shown, isReset, after] of rows) {
    it(what, () => {
      assert.deepEqual(foreignEndAfter(before, shown, isReset), after);
    });
  }
});

describe("the reason of a reset", () => {
  const made = { ...held, lastRotatedAt: iso(AT - 100 * DAY) };
  const asked = { triggers: held.triggers };
  const week: OldKeyExpiry = { kind: "duration", milliseconds: 20 * DAY };
  const ending = (at: number, outlastsReset = false) => ({ foreignEnd: { at, outlastsReset } });
  const rows: [what: string, Partial<State>, oldKeyExpiry: OldKeyExpiry | undefined, reason: string][] = [
    ["is an end within 8 days", ending(AT + 8 * DAY), undefined, `expires at ${iso(AT + 8 * DAY)}`],
    ["is not one that is later", ending(AT + 8 * DAY + 1), undefined, ""],
    ["is an end within the grace", ending(AT + 20 * DAY), week, `expires at ${iso(AT + 20 * DAY)}`],
    ["is an end that has passed", ending(AT), undefined, `expired at ${iso(AT)}`],
    ["is not an end that a reset has not lifted", ending(AT + DAY, true), undefined, ""],
    ["is not one of a key that was made today", { ...ending(AT + 7 * DAY), lastRotatedAt: iso(AT - 1) }, undefined, ""],
    [
      "is the first rotation alone where no key is held",
      { ...ending(AT + DAY), key: null },
      undefined,
      "first rotation by this stack",
    ],
  ];
  for (const [what, more, oldKeyExpiry, reason] of rows) {
    it(what, () => {
      assert.equal(reasonText(rotationReasons({ ...made, ...more }, { ...asked, oldKeyExpiry }, AT)), reason);
    });
  }
});
