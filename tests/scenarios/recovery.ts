/** What failed runs leave, and how the next run goes on. */
import assert from "node:assert/strict";

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
