/** Handing a new key on: in the same run to a file, and to another stack by a stack reference. */
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

import { createStack } from "../../tools/stack/stack";
import type { Workspace } from "../../tools/stack/workspace";
import { createRotationStack } from "../support/rotationStack";

/** Windows knows no owner's mode. */
const OWNERS = process.platform === "win32" ? 0o666 : 0o600;

describe("pulumi up on examples/consumers", function () {
  this.timeout(240_000);

  it("hands the new key on in the same run, while the old one works, and to another stack in that one's next run", async () => {
    const rotation = await createRotationStack({ example: "consumers" });
    try {
      const { sandbox, stack, token, workspace } = rotation;
      const keyFile = path.join(workspace.aside, "key");
      await rotation.set({ keyFile: path.join(workspace.aside, "missing", "key") });
      assert.notEqual((await rotation.up()).status, 0, "the file's folder is not there");
      assert.equal(rotation.resets(), 1);
      await rotation.set({ keyFile });
      const first = await rotation.up();
      assert.equal(first.status, 0, first.output);
      assert.equal(rotation.resets(), 1, "the next run goes on with the consumer, and does not rotate again");
      const firstKey = readFileSync(keyFile, "utf8");
      assert.equal(firstKey, rotation.currentKey());
      assert.equal(statSync(keyFile).mode & 0o777, OWNERS);

      const reader = await createReader(workspace);
      await reader.up();
      assert.equal(reader.key(), firstKey);

      await rotation.set({ quarter: "2027-Q1" });
      assert.equal((await rotation.up()).status, 0);
      const secondKey = readFileSync(keyFile, "utf8");
      assert.equal(secondKey, rotation.currentKey());
      assert.notEqual(secondKey, firstKey);
      const { oldKeyExpiresAt } = await stack.outputs();
      assert.ok(Date.parse(String(oldKeyExpiresAt)) > sandbox.clock.now());
      const accepts = (key: string) => sandbox.store.findByKey(key, sandbox.clock.now())?.id === token.id;
      assert.ok([firstKey, secondKey].every(accepts), "the consumer changed over while both keys work");
      assert.equal(reader.key(), firstKey, "another stack is not updated by this one's run");

      await reader.up();
      assert.equal(reader.key(), secondKey);
      const states = [(await rotation.exported()).text, (await reader.stack.pulumi("stack", "export")).output];
      for (const key of [firstKey, secondKey]) for (const state of states) assert.ok(!state.includes(key));
    } finally {
      await rotation.stop();
    }
  });
});

/** Another stack, which writes the key of the first one to a file of its own. */
async function createReader(workspace: Workspace) {
  const stack = await createStack({
    workspace: { ...workspace, folder: path.join(workspace.folder, "reader") },
    environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
  });
  const keyFile = path.join(workspace.aside, "readers-key");
  const rotatingStack = "organization/launchdarkly-rotation-consumers/dev";
  await stack.configAll({ plaintext: { rotatingStack, keyFile } });
  return {
    stack,
    key: () => readFileSync(keyFile, "utf8"),
    async up() {
      const { status, output } = await stack.pulumi("up", "--yes", "--non-interactive", "--skip-preview");
      assert.equal(status, 0, output);
    },
  };
}
