/** Pulumi's check of a token that the stack owns. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import type { Properties } from "../../support/providerProcess";

const instant = { oldKeyExpiry: "2099-01-01T00:00:00Z" };
const age = { rotateAfter: "90d" };

describe("check of a token that the stack owns", () => {
  const subject = eachOwnedProvider();

  for (const [what, olds, news, isWarned] of [
    ["at set-up", undefined, { ...instant, ...age }, true],
    ["when rotateAfter is added later", instant, { ...instant, ...age }, true],
    ["when oldKeyExpiry becomes an instant", age, { ...instant, ...age }, true],
    ["at every up", { ...instant, ...age }, { ...instant, ...age }, false],
    ["without an instant", undefined, age, false],
  ] as [string, Properties | undefined, Properties, boolean][]) {
    it(`${isWarned ? "warns" : "does not warn"} of an instant that rotateAfter will outlive ${what}`, async () => {
      const { provider, inputs, said } = subject();
      const { check } = await provider();
      await check(olds === undefined ? {} : inputs(olds), inputs(news));
      assert.equal(/^warning: Will fail one day: /m.test(said()), isWarned, said());
    });
  }

  for (const [what, olds, news, expected] of [
    [
      "warns of a near miss of a role",
      {},
      { role: "wrtier" },
      /Not a known role: "wrtier"\. Perhaps "writer" is meant\./,
    ],
    ["warns of a role in capitals", {}, { role: "Reader" }, /Perhaps "reader" is meant\./],
    ["takes LaunchDarkly's own roles", {}, { role: "no_access" }, undefined],
    ["takes a role that is far from all it knows", {}, { role: "auditor" }, undefined],
    ["warns of tokens that pile up", {}, { rotateAfter: "8h" }, /Tokens pile up: rotateAfter \(8 hours\) .* Up to 3 /],
    ["warns of them once", { rotateAfter: "8h" }, { rotateAfter: "8h" }, undefined],
    ["takes a grace as long as the schedule", {}, { rotateAfter: "1d" }, undefined],
  ] as [string, Properties, Properties, RegExp | undefined][]) {
    it(what, async () => {
      const { provider, inputs, said } = subject();
      const { check } = await provider();
      await check(inputs(olds), inputs(news));
      if (expected === undefined) assert.equal(said(), "");
      else assert.match(said(), expected);
    });
  }
});
