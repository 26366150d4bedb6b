/** What a preview may say of a rotation while inputs are not known yet. */
import assert from "node:assert/strict";

import { prospect } from "../../provider/decisions/prospect";
import { type Json, UNKNOWN_VALUE } from "../../provider/model/json";

const before: Json = { a: 1, b: [1] };

describe("a rotation that may come", () => {
  /** Asks for a rotation where the triggers are others. */
  const given = (triggers: Json) => ({ triggers, rotateAfter: undefined });
  const due = { code: "triggers", text: "another trigger" } as const;
  const reasonsFor =
    (was: Json) =>
    ({ triggers }: { readonly triggers: Json }) =>
      JSON.stringify(triggers) === JSON.stringify(was) ? [] : [due];
  const openAge = { code: "unknownInput", text: "rotateAfter is not known yet" } as const;
  const openFreeze = { code: "unknownInput", text: "frozen is not known yet" } as const;

  type Row = [what: string, unknown: string[], was: Json, triggers: Json, expected: ReturnType<typeof prospect>];
  const rows: Row[] = [
    ["is none while nothing asks for it", [], before, before, undefined],
    ["is none while only frozen is not known", ["frozen"], before, before, undefined],
    ["is certain when a trigger is another one", [], before, { a: 2, b: [1] }, { reasons: [due], isCertain: true }],
    [
      "is not certain while frozen is not known",
      ["frozen"],
      before,
      { a: 2, b: [1] },
      { reasons: [due, openFreeze], isCertain: false },
    ],
    ["may come by its age", ["rotateAfter"], before, before, { reasons: [openAge], isCertain: false }],
    [
      "comes whatever its age when a trigger is another one",
      ["rotateAfter"],
      before,
      { a: 2, b: [1] },
      { reasons: [due], isCertain: true },
    ],
    [
      "may come by a trigger that is not known",
      ["triggers"],
      before,
      { a: UNKNOWN_VALUE, b: [1] },
      { reasons: [due], isCertain: false },
    ],
    [
      "may come by both",
      ["triggers", "rotateAfter"],
      before,
      { a: 1, b: UNKNOWN_VALUE },
      { reasons: [due, openAge], isCertain: false },
    ],
    [
      "comes by the trigger that is known, whatever the other turns out to be",
      ["triggers"],
      before,
      { a: UNKNOWN_VALUE, b: [2] },
      { reasons: [due], isCertain: true },
    ],
    [
      "comes by a trigger that has gone, whatever the other turns out to be",
      ["triggers"],
      before,
      { a: UNKNOWN_VALUE },
      { reasons: [due], isCertain: true },
    ],
    [
      "may come by a new trigger that is not known",
      ["triggers"],
      before,
      { a: 1, b: [1], c: UNKNOWN_VALUE },
      { reasons: [due], isCertain: false },
    ],
    [
      "may come by triggers of which nothing is known",
      ["triggers"],
      before,
      UNKNOWN_VALUE,
      { reasons: [due], isCertain: false },
    ],
    [
      "may come by a list of which something is not known",
      ["triggers"],
      [1, 2],
      [1, UNKNOWN_VALUE],
      { reasons: [due], isCertain: false },
    ],
    [
      "may come by a map in the place of a list",
      ["triggers"],
      [1],
      { a: UNKNOWN_VALUE },
      { reasons: [due], isCertain: false },
    ],
    [
      "may come by a map in the place of none",
      ["triggers"],
      null,
      { a: UNKNOWN_VALUE },
      { reasons: [due], isCertain: false },
    ],
    [
      "is none where what is not known was not known before either",
      ["triggers"],
      { a: UNKNOWN_VALUE },
      { a: UNKNOWN_VALUE },
      undefined,
    ],
  ];
  for (const [what, unknown, was, triggers, expected] of rows) {
    it(what, () => {
      assert.deepEqual(prospect(new Set(unknown), was, given(triggers), reasonsFor(was)), expected);
    });
  }
});
