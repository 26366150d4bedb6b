import assert from "node:assert/strict";

import { resetKey } from "../../sandbox/accessToken";
import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("pulumi, when somebody else works with the token", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack();
    assert.equal((await rotation.up()).status, 0);
  });
  after(() => rotation.stop());

  const token = () => rotation.sandbox.store.find(rotation.token.id) ?? assert.fail();
  const refresh = () => rotation.stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview");

  it("tells a new role, a foreign rotation and a deletion for what they are, and heals the rotation by one reset", async () => {
    const { sandbox } = rotation;
    sandbox.store.save({ ...token(), name: "renamed", role: "reader", lastModified: sandbox.clock.now() });
    const changed = await refresh();
    assert.equal(changed.status, 0, changed.output);
    assert.match(
      changed.output,
      /Changed at LaunchDarkly \(access token "renamed", \w+\): role writer → reader\. This asks for no rotation/,
    );
    const recorded = await rotation.up("--expect-no-changes");
    assert.equal(recorded.status, 0, recorded.output);

    const now = sandbox.clock.now();
    sandbox.store.save(resetKey(token(), now + 3_600_000, now));
    const ending = rotation.currentKey()?.slice(-4) ?? "";
    rotation.newRequests();
    const found = await refresh();
    assert.equal(found.status, 0, found.output);
    assert.match(
      found.output,
      new RegExp(`Reset outside Pulumi \\(access token "renamed", \\w+\\): the current key ends in ${ending}`),
    );
    assert.deepEqual(rotation.newRequests(), [GET_TOKEN]);
    const preview = await rotation.preview();
    assert.match(preview.output, new RegExp(`rotated outside Pulumi \\(key ending in ${ending}\\)`));
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, GET_TOKEN], "a preview changes nothing");
    const healed = await rotation.up();
    assert.equal(healed.status, 0, healed.output);
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.equal(rotation.resets(), 2, "the first one, and one to heal");
    const outputs = await rotation.stack.outputs();
    assert.equal(outputs["token"], rotation.currentKey());
    assert.equal(outputs["lastRotationReason"], `rotated outside Pulumi (key ending in ${ending})`);
    const again = await rotation.up("--refresh", "--expect-no-changes");
    assert.equal(again.status, 0, again.output);

    sandbox.store.delete(rotation.token.id);
    const deleted = await refresh();
    assert.equal(deleted.status, 0, deleted.output);
    assert.match(deleted.output, /Deleted at LaunchDarkly \(access token .*\): it is gone from the stack/);
    assert.equal((await rotation.exported()).resource, undefined);
    const up = await rotation.up();
    assert.notEqual(up.status, 0);
    assert.match(up.output, /LaunchDarkly found no such token/);
  });
});
