import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

import { createStack } from "../../tools/stack/stack";
import { createRotationStack } from "../support/rotationStack";

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
      // Windows knows no owner's mode.
      assert.equal(statSync(keyFile).mode & 0o777, process.platform === "win32" ? 0o666 : 0o600);

      const folder = path.join(workspace.folder, "reader");
      const reader = await createStack({
        workspace: { ...workspace, folder },
        environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      });
      const readersFile = path.join(workspace.aside, "readers-key");
      const rotatingStack = "organization/launchdarkly-rotation-consumers/dev";
      await reader.configAll({ plaintext: { rotatingStack, keyFile: readersFile } });
      const upOfReader = () => reader.pulumi("up", "--yes", "--non-interactive", "--skip-preview");
      const read = await upOfReader();
      assert.equal(read.status, 0, read.output);
      assert.equal(readFileSync(readersFile, "utf8"), firstKey);

      await rotation.set({ quarter: "2027-Q1" });
      const second = await rotation.up();
      assert.equal(second.status, 0, second.output);
      const secondKey = readFileSync(keyFile, "utf8");
      assert.equal(secondKey, rotation.currentKey());
      assert.notEqual(secondKey, firstKey);
      const { oldKeyExpiresAt } = await stack.outputs();
      assert.ok(Date.parse(String(oldKeyExpiresAt)) > sandbox.clock.now());
      const accepts = (key: string) => sandbox.store.findByKey(key, sandbox.clock.now())?.id === token.id;
      assert.ok(accepts(firstKey) && accepts(secondKey), "the consumer changed over while both keys work");
      assert.equal(readFileSync(readersFile, "utf8"), firstKey, "another stack is not updated by this one's run");

      assert.equal((await upOfReader()).status, 0);
      assert.equal(readFileSync(readersFile, "utf8"), secondKey);
      const states = [(await rotation.exported()).text, (await reader.pulumi("stack", "export")).output];
      for (const key of [firstKey, secondKey]) for (const state of states) assert.ok(!state.includes(key));
    } finally {
      await rotation.stop();
    }
  });
});
