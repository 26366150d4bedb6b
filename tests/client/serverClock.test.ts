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

  it("follows the last answer, and does not mind a header that is no date", () => {
    assert.equal(observed(at(3_600_000), at(0)), LOCAL);
    assert.equal(observed(at(3_600_000), "yesterday", undefined, "Sat, 13 Sep 275760 00:00:00 GMT"), LOCAL + 3_600_000);
  });
});
