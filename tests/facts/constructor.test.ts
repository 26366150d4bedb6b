/** What docs/facts/pulumi.md says of the constructor of a dynamic resource. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { beginMockedRun, endMockedRun } from "../support/mocks";

describe("the constructor of a dynamic resource", () => {
  before(() => beginMockedRun());
  after(endMockedRun);

  it("writes the provider into the object that it is given", async () => {
    const inputs: Record<string, unknown> = { name: "one" };
    const provider = { create: () => Promise.resolve({ id: "one" }) };
    const resource = new (class extends pulumi.dynamic.Resource {})(provider, "one", inputs);
    await new Promise((resolve) => resource.id.apply(resolve));
    assert.deepEqual(Object.keys(inputs), ["name", "__provider"]);
  });
});
