/** What a program tells the provider of a stack's settings: names, and only those that nobody reads. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { unknownSettings } from "../../provider/hosts/dynamic/programHints";
import { NEAR_MISSES } from "../../provider/run/configuration";

describe("the settings of which a program tells", () => {
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
  });

  it("are the names of LaunchDarkly's own that this package does not read", () => {
    pulumi.runtime.setAllConfig({
      // The provider's names: the program's part, which loads nothing of it, has its own list of them.
      ...Object.fromEntries(Object.keys(NEAR_MISSES).map((name) => [`launchdarkly:${name}`, "a"])),
      "launchdarkly:acessToken": "d",
      "launchdarkly:apiHostName": "e",
      "shop:accessToken": "f",
      "aws:region": "g",
    });
    assert.deepEqual(unknownSettings(), ["launchdarkly:acessToken", "launchdarkly:apiHostName"]);
  });

  it("are none as a rule", () => {
    assert.deepEqual(unknownSettings(), []);
  });
});
