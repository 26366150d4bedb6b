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
});
