import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

/** A resource that depends on the key and leaves the one it got in a file. */
const CONSUMER = `
import { writeFileSync } from "node:fs";
const file = config.require("consumerFile");
const consumer: pulumi.dynamic.ResourceProvider = {
  create: async ({ file, key }) => (require("node:fs").writeFileSync(file, key), { id: "consumer", outs: { key } }),
  update: async (_id, _olds, { file, key }) => (require("node:fs").writeFileSync(file, key), { outs: { key } }),
};
class Consumer extends pulumi.dynamic.Resource {
  constructor(name: string, props: { key: pulumi.Input<string>; file: string }) {
    super(consumer, name, props, { additionalSecretOutputs: ["key"] });
  }
}
new Consumer("consumer", { key: rotation.token, file });
`.replace(/^import \{ writeFileSync.*\n/m, "");

describe("pulumi up on the quickstart", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack({ program: CONSUMER });
    await rotation.set({ consumerFile: consumerFile() });
  });
  after(() => rotation.stop());

  const consumerFile = () => path.join(rotation.workspace.aside, "consumer-key");

  it("rotates at the first up, when a trigger changes, and at no other time", async () => {
    const preview = await rotation.preview();
    assert.equal(preview.status, 0, preview.output);
    assert.match(
      preview.output,
      /Will reset: first rotation by this stack\. The current key keeps working for 1 day\./,
    );
    // Whose key the stack's is, its role, and whether the token is there.
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, GET_TOKEN], "a preview changes nothing");

    const first = await rotation.up();
    assert.equal(first.status, 0, first.output);
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, RESET, WHO]);
    const before = (await rotation.exported()).resource;
    assert.equal(before?.id, rotation.token.id);
    assert.equal(before.outputs["rotationCount"], 1);
    assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
    assert.notEqual(rotation.currentKey(), rotation.token.key);
    assert.equal(readFileSync(consumerFile(), "utf8"), rotation.currentKey());

    const unchanged = await rotation.up("--expect-no-changes");
    assert.equal(unchanged.status, 0, unchanged.output);
    assert.deepEqual(rotation.newRequests(), [], "an up without changes sends no request");

    await rotation.set({ oldKeyExpiry: "48h" });
    const expiryOnly = await rotation.up("--expect-no-changes");
    assert.equal(expiryOnly.status, 0, expiryOnly.output);
    assert.deepEqual(rotation.newRequests(), [], "editing oldKeyExpiry alone sends no request");

    await rotation.set({ quarter: "2027-Q1" });
    const why = await rotation.preview("--diff");
    assert.match(
      why.output,
      /Will reset: triggers\.quarter changed\. The current key \(ending in \w{4}\) keeps working for 2 days\./,
    );
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, GET_TOKEN], "a preview changes nothing");

    const oldKey = rotation.currentKey();
    const edited = await rotation.up();
    assert.equal(edited.status, 0, edited.output);
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.notEqual(rotation.currentKey(), oldKey);
    const after = (await rotation.exported()).resource;
    assert.equal(after?.urn, before.urn);
    assert.equal(after.id, before.id);
    assert.equal(after.outputs["rotationCount"], 2);
    assert.equal(after.outputs["lastRotationReason"], "triggers.quarter changed");
    assert.equal(
      readFileSync(consumerFile(), "utf8"),
      rotation.currentKey(),
      "the dependent has the new key in the same run",
    );

    // The recipe of docs/when-things-go-wrong.md for a key that leaked.
    const leaked = rotation.currentKey() ?? "";
    await rotation.set({ quarter: "2027-Q1, leaked", oldKeyExpiry: "immediate" });
    const emergency = await rotation.up("--target", after.urn, "--target-dependents");
    assert.equal(emergency.status, 0, emergency.output);
    assert.match(emergency.output, /Reset: triggers\.quarter changed\. .* The old key is dead\./);
    assert.equal(rotation.sandbox.store.findByKey(leaked, rotation.sandbox.clock.now()), undefined, "it is dead");
    assert.equal(
      readFileSync(consumerFile(), "utf8"),
      rotation.currentKey(),
      "the dependent is updated by a targeted run, too",
    );
    assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
  });
});
