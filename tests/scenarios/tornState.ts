/** What torn state files of a file backend leave, and how the next run goes on. */
import assert from "node:assert/strict";
import { copyFileSync, rmSync, statSync, truncateSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";

describe("pulumi, where its state was not written whole", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack();
  });
  after(() => rotation.stop());

  it("goes on when what a file backend wrote is torn: without .attrs after a kill, from .bak after a power cut", async () => {
    assert.equal((await rotation.up()).status, 0);
    await rotation.set({ quarter: "2027-Q1" });
    assert.equal((await rotation.up()).status, 0);
    const stacks = path.join(rotation.workspace.aside, "state", ".pulumi", "stacks");
    const file = path.join(stacks, "launchdarkly-rotation-quickstart", "dev.json");
    const isBroken = async () => {
      const { status, output } = await rotation.up();
      assert.notEqual(status, 0);
      assert.match(output, /failed to load checkpoint|no stack (?:named|selected)/);
    };
    truncateSync(`${file}.attrs`, 0);
    await isBroken();
    rmSync(`${file}.attrs`);
    const whole = await rotation.up("--expect-no-changes");
    assert.equal(whole.status, 0, whole.output);

    const tears = [
      () => {
        truncateSync(file, Math.floor(statSync(file).size / 2));
      },
      () => {
        rmSync(file);
      },
    ];
    for (const tear of tears) {
      tear();
      await isBroken();
      rmSync(`${file}.attrs`, { force: true });
      copyFileSync(`${file}.bak`, file);
      const up = await rotation.up();
      assert.equal(up.status, 0, up.output);
      assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
    }
  });
});
