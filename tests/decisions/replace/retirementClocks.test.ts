/** The clocks by which a previous token ends: which end is asked for, and when its grace has begun. */
import assert from "node:assert/strict";

import { endingLate, expiryToAsk, retirementsDue } from "../../../provider/decisions/replace/retirements";
import type { OldKeyExpiry } from "../../../provider/model/duration";
import type { Previous } from "../../../provider/model/ownedState";
import { AT as RETIRED, HOUR, MINUTE, previousToken } from "../../support/ownedSamples";

const duration = (hours: number): OldKeyExpiry => ({ kind: "duration", milliseconds: hours * HOUR });
const instant = (hours: number): OldKeyExpiry => ({ kind: "instant", epochMilliseconds: RETIRED + hours * HOUR });
const immediate: OldKeyExpiry = { kind: "immediate" };

describe("a previous token that works for too long", () => {
  const now = RETIRED - 48 * HOUR;
  const late = previousToken();
  const rows: [what: string, previous: Previous, oldKeyExpiry: OldKeyExpiry, now: number, isLate: boolean][] = [
    ["is one whose grace begins in the future", late, duration(1), now, true],
    ["is none whose grace has begun", late, duration(1), RETIRED, false],
    ["is none whose grace has still to begin", previousToken({ retiredAt: null }), duration(1), now, false],
    ["is none that ends at an instant", late, instant(1), now, false],
    ["is none that ends at once", late, immediate, now, false],
    ["is none whose begin is an estimate", previousToken({ isEstimate: true }), duration(1), now, false],
  ];
  for (const [what, previous, oldKeyExpiry, at, isLate] of rows) {
    it(what, () => {
      assert.deepEqual(endingLate({ previous: [previous] }, oldKeyExpiry, at), isLate ? [previous] : []);
    });
  }
});

it("ends at once by no clock, and otherwise by LaunchDarkly's, too", () => {
  const endOf = (oldKeyExpiry: OldKeyExpiry) => {
    const [due] = retirementsDue({ previous: [previousToken()] }, oldKeyExpiry, RETIRED + HOUR);
    return due?.kind === "end" ? due.at : assert.fail();
  };
  assert.equal(endOf(immediate), undefined);
  assert.equal(endOf(duration(1)), RETIRED + HOUR);
});

it("knows when a grace has begun that was made shorter, and not of one that was made longer", () => {
  const estimate = previousToken({ end: RETIRED + 24 * HOUR, isEstimate: true });
  const dueAt = (grace: number) => retirementsDue({ previous: [estimate] }, duration(grace), RETIRED + 3 * HOUR)[0];
  assert.deepEqual(dueAt(2)?.record, { ...estimate, retiredAt: RETIRED + 3 * HOUR, isEstimate: false });
  assert.deepEqual(dueAt(48)?.record, estimate);
});

describe("a shorter grace that counts from now", () => {
  const estimate = previousToken({ end: RETIRED + 24 * HOUR, isEstimate: true });
  for (const [what, local, expected] of [
    ["begins by LaunchDarkly's clock, if it is not over by ours then", 3.5, 4],
    ["begins by our clock, if it is over by that as soon as it begins by LaunchDarkly's", 4, 5],
    ["begins by LaunchDarkly's clock, if ours is behind", 2, 4],
    ["makes no end later", 40, 24],
  ] as const) {
    it(what, () => {
      const [due] = retirementsDue({ previous: [estimate] }, duration(1), RETIRED + 3 * HOUR, RETIRED + local * HOUR);
      const at = due === undefined ? estimate.end : due.at;
      assert.equal(((at ?? assert.fail()) - RETIRED) / HOUR, expected);
    });
  }
});

describe("the expiry to ask for", () => {
  for (const [what, at, now, localNow, asked] of [
    ["is the end, while that is to come by LaunchDarkly's clock", 10, 5, 0, 10],
    ["is the end, though it has passed by ours", 10, 5, 20, 10],
    ["is later than LaunchDarkly's clock, if it comes this very moment", 10, 10, 5, 15],
    ["is what LaunchDarkly's clock shows when ours comes to the end", 10, 30, 5, 35],
    ["is a minute ahead at least", 10, 30, 9.5, 31],
  ] as const) {
    it(what, () => {
      assert.equal(
        expiryToAsk(RETIRED + at * MINUTE, RETIRED + now * MINUTE, RETIRED + localNow * MINUTE),
        RETIRED + asked * MINUTE,
      );
    });
  }
});
