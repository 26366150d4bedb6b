/** What is left to do about the tokens that another one has replaced. */
import assert from "node:assert/strict";

import { hasEnded, retirementProblem, retirementsDue } from "../../provider/decisions/owned/retirements";
import { graceStart } from "../../provider/decisions/resetExpiry";
import type { OldKeyExpiry } from "../../provider/model/oldKeyExpiry";
import type { Previous } from "../../provider/model/ownedToken";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 1);
const grace = (milliseconds: number): OldKeyExpiry => ({ kind: "duration", milliseconds });
const token = (more: Partial<Previous> = {}): Previous => {
  return { id: "t", lastFour: "ab12", retiredAt: NOW, end: null, byDeletion: false, lastUsed: null, ...more };
};

describe("the start of a grace", () => {
  const cases: [string, OldKeyExpiry, number, number][] = [
    ["LaunchDarkly's clock is ahead", grace(10 * MINUTE), -30 * MINUTE, 0],
    ["LaunchDarkly's clock is behind by less than the grace", grace(60 * MINUTE), 30 * MINUTE, 0],
    ["LaunchDarkly's clock is behind by the grace", grace(30 * MINUTE), 30 * MINUTE, 30 * MINUTE],
    ["LaunchDarkly's clock is behind by more", grace(10 * MINUTE), 30 * MINUTE, 30 * MINUTE],
    ["the end is an instant", { kind: "instant", epochMilliseconds: NOW }, 30 * MINUTE, 0],
    ["the end is at once", { kind: "immediate" }, 30 * MINUTE, 0],
  ];
  for (const [when, oldKeyExpiry, localAhead, later] of cases) {
    it(`is ${later === 0 ? "by LaunchDarkly's clock" : "by ours"} when ${when}`, () => {
      assert.equal(graceStart(oldKeyExpiry, NOW, NOW + localAhead), NOW + later);
    });
  }
});

describe("what is left to do about a previous token", () => {
  const hour = 60 * MINUTE;
  const cases: [string, Previous, OldKeyExpiry, number, string[]][] = [
    ["nothing, before its successor is proven", token({ retiredAt: null }), grace(hour), NOW, []],
    ["an expiry, if it has none", token(), grace(hour), NOW, [`expire ${NOW + hour}`]],
    ["nothing, once that is confirmed", token({ end: NOW + hour }), grace(hour), NOW, []],
    [
      "another expiry, if the grace is edited",
      token({ end: NOW + hour }),
      grace(2 * hour),
      NOW,
      [`expire ${NOW + 2 * hour}`],
    ],
    ["its end, if that has passed unconfirmed", token(), grace(hour), NOW + hour, ["end"]],
    ["its end, at once", token({ end: NOW + hour }), { kind: "immediate" }, NOW, ["end"]],
    ["nothing, once LaunchDarkly has ended it", token({ end: NOW + hour }), grace(2 * hour), NOW + hour, []],
    ["its deletion at its end", token({ end: NOW + hour, byDeletion: true }), grace(hour), NOW + hour, ["end"]],
    ["nothing before that", token({ end: NOW + hour, byDeletion: true }), grace(hour), NOW + hour - 1, []],
    ["nothing while the end is not known", token(), { kind: "unknown" }, NOW, []],
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
    const passed: OldKeyExpiry = { kind: "instant", epochMilliseconds: NOW - MINUTE };
    assert.match(String(retirementProblem({ previous: [token()] }, passed, NOW)), /which has passed/);
    assert.equal(retirementProblem({ previous: [token({ end: NOW - MINUTE })] }, passed, NOW), undefined);
    assert.ok(hasEnded(token({ end: NOW - MINUTE }), NOW));
  });
});
