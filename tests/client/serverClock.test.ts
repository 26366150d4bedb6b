/** LaunchDarkly's clock, by what its answers say, and when it is not believed. */
import assert from "node:assert/strict";

import { createServerClock } from "../../provider/client/serverClock";

describe("LaunchDarkly's clock", () => {
  const LOCAL = Date.UTC(2026, 10, 23);
  const observed = (...headers: (string | undefined)[]) => {
    const clock = createServerClock(() => LOCAL);
    for (const header of headers) clock.observe(header, LOCAL);
    return clock.now();
  };
  const at = (milliseconds: number) => new Date(LOCAL + milliseconds).toUTCString();

  it("is the local one until an answer disagrees", () => {
    assert.equal(observed(), LOCAL);
    assert.equal(observed(at(4_000)), LOCAL);
    assert.equal(observed(at(-4_000)), LOCAL);
    assert.equal(observed(at(3_600_000)), LOCAL + 3_600_000);
    assert.equal(observed(at(-3_600_000)), LOCAL - 3_600_000);
  });

  it("does not take a slow answer for a disagreement", () => {
    let local = LOCAL;
    const clock = createServerClock(() => local);
    local = LOCAL + 20_000;
    for (const written of [1_000, 12_000, 19_000]) {
      clock.observe(at(written), LOCAL);
      assert.equal(clock.now(), local);
    }
    clock.observe(at(3_620_000), LOCAL);
    assert.equal(clock.now(), LOCAL + 3_620_000);
  });

  it("is not believed when it is more than an hour off, and that is told once", () => {
    const HOUR = 3_600_000;
    const TEN_YEARS = 3_652 * 24 * HOUR;
    for (const off of [TEN_YEARS, -3 * HOUR, HOUR + 1_000, -HOUR - 1_000]) {
      const told: number[] = [];
      const clock = createServerClock(
        () => LOCAL,
        (aheadMs) => told.push(aheadMs),
      );
      for (const header of [at(off), at(0), at(off)]) clock.observe(header, LOCAL);
      assert.equal(clock.now(), LOCAL);
      assert.deepEqual(told, [off]);
    }
  });

  it("does not stay where an earlier answer saw it when it can't be believed any more", () => {
    assert.equal(observed(at(1_800_000), at(7_200_000)), LOCAL);
  });

  it("follows the last answer, and does not mind a header that is no date", () => {
    assert.equal(observed(at(3_600_000), at(0)), LOCAL);
    assert.equal(observed(at(3_600_000), "yesterday", undefined, "Sat, 13 Sep 275760 00:00:00 GMT"), LOCAL + 3_600_000);
  });
});
