/** What a program tells the provider of a stack's settings: names, and only those that nobody reads. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { unknownSettings } from "../../provider/resource/notes";

describe("the settings of which a program tells", () => {
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
  });

  it("are the names of LaunchDarkly's own that this package does not read", () => {
    pulumi.runtime.setAllConfig({
      "launchdarkly:accessToken": "a",
      "launchdarkly:apiHost": "b",
      "launchdarkly:httpTimeout": "c",
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
