/** What is left to do about the tokens that another one has replaced. */
import assert from "node:assert/strict";

import { hasEnded, retirementProblem, retirementsDue } from "../../../provider/decisions/replace/retirements";
import { graceStart } from "../../../provider/decisions/ends";
import type { OldKeyExpiry } from "../../../provider/model/duration";
import type { Previous } from "../../../provider/model/ownedState";
import { AT as RETIRED, HOUR, MINUTE, previousToken } from "../../support/ownedSamples";

const grace = (milliseconds: number): OldKeyExpiry => ({ kind: "duration", milliseconds });
const duration = (hours: number): OldKeyExpiry => grace(hours * HOUR);
const instant = (hours: number): OldKeyExpiry => ({ kind: "instant", epochMilliseconds: RETIRED + hours * HOUR });
const immediate: OldKeyExpiry = { kind: "immediate" };

describe("the start of a grace", () => {
  const cases: [string, OldKeyExpiry, number, number][] = [
    ["LaunchDarkly's clock is ahead", grace(10 * MINUTE), -30 * MINUTE, 0],
    ["LaunchDarkly's clock is behind by less than the grace", grace(60 * MINUTE), 30 * MINUTE, 0],
    ["LaunchDarkly's clock is behind by the grace", grace(30 * MINUTE), 30 * MINUTE, 30 * MINUTE],
    ["LaunchDarkly's clock is behind by more", grace(10 * MINUTE), 30 * MINUTE, 30 * MINUTE],
    ["the end is an instant", { kind: "instant", epochMilliseconds: RETIRED }, 30 * MINUTE, 0],
    ["the end is at once", { kind: "immediate" }, 30 * MINUTE, 0],
  ];
  for (const [when, oldKeyExpiry, localAhead, later] of cases) {
    it(`is ${later === 0 ? "by LaunchDarkly's clock" : "by ours"} when ${when}`, () => {
      assert.equal(graceStart(oldKeyExpiry, RETIRED, RETIRED + localAhead), RETIRED + later);
    });
  }
});

describe("what is left to do about a previous token", () => {
  const cases: [string, Previous, OldKeyExpiry, number, string[]][] = [
    ["nothing, before its successor is proven", previousToken({ retiredAt: null }), grace(HOUR), RETIRED, []],
    ["an expiry, if it has none", previousToken(), grace(HOUR), RETIRED, [`expire ${RETIRED + HOUR}`]],
    ["nothing, once that is confirmed", previousToken({ end: RETIRED + HOUR }), grace(HOUR), RETIRED, []],
    [
      "another expiry, if the grace is edited",
      previousToken({ end: RETIRED + HOUR }),
      grace(2 * HOUR),
      RETIRED,
      [`expire ${RETIRED + 2 * HOUR}`],
    ],
    ["its end, if that has passed unconfirmed", previousToken(), grace(HOUR), RETIRED + HOUR, ["end"]],
    ["its end, at once", previousToken({ end: RETIRED + HOUR }), { kind: "immediate" }, RETIRED, ["end"]],
    [
      "nothing, once LaunchDarkly has ended it",
      previousToken({ end: RETIRED + HOUR }),
      grace(2 * HOUR),
      RETIRED + HOUR,
      [],
    ],
    [
      "its deletion at its end",
      previousToken({ end: RETIRED + HOUR, byDeletion: true }),
      grace(HOUR),
      RETIRED + HOUR,
      ["end"],
    ],
    [
      "nothing before that",
      previousToken({ end: RETIRED + HOUR, byDeletion: true }),
      grace(HOUR),
      RETIRED + HOUR - 1,
      [],
    ],
    ["nothing while the end is not known", previousToken(), { kind: "unknown" }, RETIRED, []],
    [
      "nothing, if LaunchDarkly makes another end of it",
      previousToken({ end: RETIRED, asked: RETIRED + HOUR }),
      grace(HOUR),
      RETIRED - 1,
      [],
    ],
    [
      "its end, if LaunchDarkly made a later one of it",
      previousToken({ end: RETIRED + 3 * HOUR, asked: RETIRED + HOUR }),
      grace(HOUR),
      RETIRED + HOUR,
      ["end"],
    ],
  ];
  for (const [what, previous, oldKeyExpiry, now, expected] of cases) {
    it(`is ${what}`, () => {
      const due = retirementsDue({ previous: [previous] }, oldKeyExpiry, now);
      assert.deepEqual(
        due.map((one) => (one.kind === "expire" ? `expire ${one.at}` : one.kind)),
        expected,
      );
    });
  }

  it("is refused when it is an instant that has passed, given anew", () => {
    const passed: OldKeyExpiry = { kind: "instant", epochMilliseconds: RETIRED - MINUTE };
    assert.match(String(retirementProblem({ previous: [previousToken()] }, passed, RETIRED)), /which has passed/);
    assert.equal(
      retirementProblem({ previous: [previousToken({ end: RETIRED - MINUTE })] }, passed, RETIRED),
      undefined,
    );
    assert.ok(hasEnded(previousToken({ end: RETIRED - MINUTE }), RETIRED));
  });
});

describe("the end of a token that another one has replaced", () => {
  type Row = [what: string, Partial<Previous>, OldKeyExpiry, hours: number, due: string];
  const rows: Row[] = [
    ["is not set while the next one is not proven", { retiredAt: null }, duration(24), 1, "nothing"],
    ["is due until LaunchDarkly has confirmed it", {}, duration(24), 1, "expire at 24"],
    ["counts from the moment when the next one was handed on", {}, duration(24), 23, "expire at 24"],
    ["comes at once when it should have come already", {}, duration(24), 25, "end"],
    ["is due at once with immediate", {}, immediate, 0, "end"],
    ["is not known while the input is not", {}, { kind: "unknown" }, 1, "nothing"],
    ["is an instant", {}, instant(5), 1, "expire at 5"],
    ["is done once it is confirmed", { end: RETIRED + 24 * HOUR }, duration(24), 1, "nothing"],
    ["is done once it has come", { end: RETIRED + 24 * HOUR }, duration(24), 25, "nothing"],
    ["is prolonged", { end: RETIRED + 24 * HOUR }, duration(48), 1, "expire at 48"],
    ["is not prolonged once it has come", { end: RETIRED + 24 * HOUR }, duration(48), 25, "nothing"],
    ["is shortened", { end: RETIRED + 24 * HOUR }, duration(2), 1, "expire at 2"],
    ["comes at once when it is shortened below what has passed", { end: RETIRED + 24 * HOUR }, duration(2), 3, "end"],
    [
      "counts a shorter grace from now, where nobody knows when it began",
      { end: RETIRED + 24 * HOUR, isEstimate: true },
      duration(2),
      3,
      "expire at 5",
    ],
    ["stays where that is no later", { end: RETIRED + 24 * HOUR, isEstimate: true }, duration(2), 23, "nothing"],
    [
      "is prolonged by what the grace is longer, where nobody knows when it began",
      { end: RETIRED + 24 * HOUR, isEstimate: true },
      duration(48),
      1,
      "expire at 48",
    ],
    [
      "comes at once after the fact, whatever is known",
      { end: RETIRED + 24 * HOUR, isEstimate: true },
      immediate,
      1,
      "end",
    ],
    ["comes at once after the fact", { end: RETIRED + 24 * HOUR }, immediate, 1, "end"],
    ["waits for a deletion", { end: RETIRED + 24 * HOUR, byDeletion: true }, duration(24), 23, "nothing"],
    ["is a deletion when it has come", { end: RETIRED + 24 * HOUR, byDeletion: true }, duration(24), 24, "end"],
    [
      "is prolonged before the deletion",
      { end: RETIRED + 24 * HOUR, byDeletion: true },
      duration(48),
      25,
      "expire at 48",
    ],
  ];
  for (const [what, token, oldKeyExpiry, hours, expected] of rows) {
    it(what, () => {
      const state = { previous: [previousToken(token)] };
      const [due] = retirementsDue(state, oldKeyExpiry, RETIRED + hours * HOUR);
      const told = due?.kind === "expire" ? `expire at ${(due.at - RETIRED) / HOUR}` : (due?.kind ?? "nothing");
      assert.equal(told, expected);
    });
  }

  it("is refused as an instant that has passed, unless it was that before", () => {
    const now = RETIRED + 3 * HOUR;
    assert.match(String(retirementProblem({ previous: [previousToken()] }, instant(2), now)), /has passed/);
    for (const [token, oldKeyExpiry] of [
      [{ end: RETIRED + 2 * HOUR, byDeletion: true }, instant(2)],
      [{}, instant(4)],
      [{}, immediate],
      [{}, duration(1)],
    ] as const) {
      assert.equal(retirementProblem({ previous: [previousToken(token)] }, oldKeyExpiry, now), undefined);
    }
  });
});
