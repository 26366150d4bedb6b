/** The quickstart under the real CLI: what rotates, what does not, and what each run sends. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type ExportedResource, type RotationStack } from "../support/rotationStack";
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

  const consumed = () => readFileSync(consumerFile(), "utf8");

  /** A preview says this, and asks whose key the stack's is, for its role, and whether the token is there. */
  async function assertPreview(words: string[], said: RegExp): Promise<void> {
    const { status, output } = await rotation.preview(...words);
    assert.equal(status, 0, output);
    assert.match(output, said);
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, GET_TOKEN], "a preview changes nothing");
  }

  async function up(...words: string[]): Promise<string> {
    const { status, output } = await rotation.up(...words);
    assert.equal(status, 0, output);
    return output;
  }

  async function exported(): Promise<ExportedResource> {
    return (await rotation.exported()).resource ?? assert.fail("the resource is in the state");
  }

  it("rotates at the first up, when a trigger changes, and at no other time", async () => {
    await assertPreview(
      [],
      /Will reset \(\w+\): first rotation by this stack\. The current key keeps working for 1 day\./,
    );
    await up();
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, RESET, WHO]);
    const before = await exported();
    assert.equal(before.id, rotation.token.id);
    assert.equal(before.outputs["rotationCount"], 1);
    assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
    assert.notEqual(rotation.currentKey(), rotation.token.key);
    assert.equal(consumed(), rotation.currentKey());

    await up("--expect-no-changes");
    assert.deepEqual(rotation.newRequests(), [], "an up without changes sends no request");
    await rotation.set({ oldKeyExpiry: "48h" });
    await up("--expect-no-changes");
    assert.deepEqual(rotation.newRequests(), [], "editing oldKeyExpiry alone sends no request");

    await rotation.set({ quarter: "2027-Q1" });
    const oldKey = rotation.currentKey();
    await assertPreview(
      ["--diff"],
      /Will reset \(\w+\): triggers\.quarter changed\. The current key \(ending in \w{4}\) keeps working for 2 days\./,
    );
    await up();
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.notEqual(rotation.currentKey(), oldKey);
    const after = await exported();
    assert.deepEqual([after.urn, after.id], [before.urn, before.id]);
    assert.equal(after.outputs["rotationCount"], 2);
    assert.equal(after.outputs["lastRotationReason"], "triggers.quarter changed");
    assert.equal(consumed(), rotation.currentKey(), "the dependent has the new key in the same run");
    await assertLeakStopped(after.urn);
  });

  /** The recipe of docs/when-things-go-wrong.md for a key that leaked. */
  async function assertLeakStopped(urn: string): Promise<void> {
    const leaked = rotation.currentKey() ?? "";
    await rotation.set({ quarter: "2027-Q1, leaked", oldKeyExpiry: "immediate" });
    const output = await up("--target", urn, "--target-dependents");
    assert.match(output, /Reset \(\w+\): triggers\.quarter changed\. .* The old key is dead\./);
    assert.equal(rotation.sandbox.store.findByKey(leaked, rotation.sandbox.clock.now()), undefined, "it is dead");
    assert.equal(consumed(), rotation.currentKey(), "the dependent is updated by a targeted run, too");
    assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
  }
});
