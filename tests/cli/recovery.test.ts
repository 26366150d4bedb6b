/** What failed runs and torn state files leave, and how the next run goes on. */
import assert from "node:assert/strict";
import { copyFileSync, rmSync, statSync, truncateSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { RESET, WHO } from "../support/routes";

describe("pulumi, when something went wrong", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  beforeEach(async () => {
    rotation = await createRotationStack();
  });
  afterEach(() => rotation.stop());

  it("keeps the new key when verification fails, and the next up finishes without a second reset", async () => {
    const { sandbox, token } = rotation;
    sandbox.faults.add({
      route: WHO,
      callerId: token.id,
      when: "before",
      times: 5,
      fault: { kind: "status", status: 401 },
    });
    const failed = await rotation.up();
    assert.notEqual(failed.status, 0);
    assert.match(failed.output, /Reset, but not verified \(\w+\): the new key \(ending in \w{4}\) is saved/);
    assert.equal((await rotation.exported()).resource?.outputs["tokenLastFour"], rotation.currentKey()?.slice(-4));
    rotation.newRequests();

    const next = await rotation.up();
    assert.equal(next.status, 0, next.output);
    assert.deepEqual(rotation.newRequests(), [WHO]);
    assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
    assert.equal((await rotation.up("--expect-no-changes")).status, 0);
  });

  it("saves what it knows when the answer to a reset is lost, and the next up gets a new key", async () => {
    const { sandbox } = rotation;
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    const failed = await rotation.up();
    assert.notEqual(failed.status, 0);
    assert.match(
      failed.output,
      /Reset, but the new key is lost \(\w+\): LaunchDarkly's answer was lost\. The old key works until 20\S+Z\. Run pulumi up again/,
    );
    rotation.newRequests();
    const next = await rotation.up();
    assert.equal(next.status, 0, next.output);
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.equal((await rotation.stack.outputs())["token"], rotation.currentKey());
  });

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

  it("leaves the token alone at a destroy", async () => {
    assert.equal((await rotation.up()).status, 0);
    const key = rotation.currentKey();
    rotation.newRequests();
    const destroy = await rotation.stack.pulumi("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.equal(destroy.status, 0, destroy.output);
    assert.match(destroy.output, /Dropped a key \(access token .*\): the token stays as it is/);
    assert.deepEqual(rotation.newRequests(), []);
    assert.equal(rotation.currentKey(), key);
    assert.equal((await rotation.exported()).resource, undefined);
  });
});
