/** When an old key dies, by both clocks. */
import assert from "node:assert/strict";

import fc from "fast-check";

import { expiryProblem, resetExpiry } from "../../provider/decisions/ends";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LOCAL = Date.UTC(2026, 10, 23);

describe("resetExpiry", () => {
  const table: [what: string, ahead: number, grace: number, expiry: number][] = [
    ["the clocks agree", 0, HOUR, LOCAL + HOUR],
    ["LaunchDarkly's is ahead", 30 * MINUTE, HOUR, LOCAL + 90 * MINUTE],
    ["LaunchDarkly's is ahead by more than the grace", 30 * MINUTE, MINUTE, LOCAL + 31 * MINUTE],
    ["LaunchDarkly's is behind", -30 * MINUTE, HOUR, LOCAL + 30 * MINUTE],
    ["LaunchDarkly's is behind by almost the grace", -30 * MINUTE, 30 * MINUTE + 1, LOCAL + 1],
    ["LaunchDarkly's is behind by the grace: by ours", -30 * MINUTE, 30 * MINUTE, LOCAL + 30 * MINUTE],
    ["LaunchDarkly's is behind by more than the grace: by ours", -30 * MINUTE, MINUTE, LOCAL + MINUTE],
  ];
  for (const [what, ahead, milliseconds, expiry] of table) {
    it(`measures a grace when ${what}`, () => {
      assert.equal(resetExpiry({ kind: "duration", milliseconds }, LOCAL + ahead, LOCAL), expiry);
    });
  }

  it("is undefined where the old key dies at once, or Pulumi does not know yet when", () => {
    for (const oldKeyExpiry of [undefined, { kind: "immediate" }, { kind: "unknown" }] as const) {
      assert.equal(resetExpiry(oldKeyExpiry, LOCAL, LOCAL), undefined);
      assert.equal(expiryProblem(oldKeyExpiry, LOCAL), undefined);
    }
    assert.equal(expiryProblem({ kind: "duration", milliseconds: MINUTE }, LOCAL), undefined);
  });

  it("never ends a grace before it begins, and makes it as long as asked by one of the clocks", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -HOUR, max: HOUR }),
        fc.integer({ min: 1, max: 48 * HOUR }),
        (ahead, milliseconds) => {
          const clocks = [LOCAL + ahead, LOCAL] as const;
          const expiry = resetExpiry({ kind: "duration", milliseconds }, ...clocks) ?? assert.fail();
          const graces = clocks.map((now) => expiry - now);
          assert.ok(Math.min(...graces) > 0, String(graces));
          assert.ok(graces.includes(milliseconds), String(graces));
          assert.ok(Math.max(...graces) <= milliseconds + HOUR, String(graces));
        },
      ),
    );
  });

  it("leaves an instant as it is, and says when it has passed", () => {
    const oldKeyExpiry = { kind: "instant", epochMilliseconds: LOCAL + MINUTE } as const;
    assert.equal(resetExpiry(oldKeyExpiry, LOCAL, LOCAL), LOCAL + MINUTE);
    assert.equal(expiryProblem(oldKeyExpiry, LOCAL), undefined);
    assert.match(expiryProblem(oldKeyExpiry, LOCAL + MINUTE) ?? "", /has passed/);
  });
});
