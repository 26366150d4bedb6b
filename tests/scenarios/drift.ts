/** Changes by somebody else, as a refresh and the next runs tell them. */
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
  async function succeed(result: ReturnType<RotationStack["up"]>): Promise<string> {
    const { status, output } = await result;
    assert.equal(status, 0, output);
    return output;
  }
  const up = (...words: string[]) => succeed(rotation.up(...words));
  const refresh = () => succeed(rotation.stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview"));

  it("tells a new role, a foreign rotation and a deletion for what they are, and heals the rotation by one reset", async () => {
    const { sandbox } = rotation;
    sandbox.store.save({ ...token(), name: "renamed", role: "reader", lastModified: sandbox.clock.now() });
    assert.match(
      await refresh(),
      /Changed at LaunchDarkly \(access token "renamed", \w+\): role writer → reader\. This asks for no rotation/,
    );
    await up("--expect-no-changes");

    const now = sandbox.clock.now();
    sandbox.store.save(resetKey(token(), now + 3_600_000, now));
    const ending = rotation.currentKey()?.slice(-4) ?? "";
    rotation.newRequests();
    assert.match(
      await refresh(),
      new RegExp(`Reset outside Pulumi \\(access token "renamed", \\w+\\): the current key ends in ${ending}`),
    );
    assert.deepEqual(rotation.newRequests(), [GET_TOKEN]);
    const preview = await rotation.preview();
    assert.match(preview.output, new RegExp(`rotated outside Pulumi \\(key ending in ${ending}\\)`));
    assert.deepEqual(rotation.newRequests(), [WHO, GET_TOKEN, GET_TOKEN], "a preview changes nothing");
    await up();
    assert.deepEqual(rotation.newRequests(), [WHO, RESET, WHO]);
    assert.equal(rotation.resets(), 2, "the first one, and one to heal");
    const outputs = await rotation.stack.outputs();
    assert.equal(outputs["token"], rotation.currentKey());
    assert.equal(outputs["lastRotationReason"], `rotated outside Pulumi (key ending in ${ending})`);
    await up("--refresh", "--expect-no-changes");

    sandbox.store.delete(rotation.token.id);
    assert.match(await refresh(), /Deleted at LaunchDarkly \(access token .*\): it is gone from the stack/);
    assert.equal((await rotation.exported()).resource, undefined);
    const { status, output } = await rotation.up();
    assert.notEqual(status, 0);
    assert.match(output, /LaunchDarkly found no such token/);
  });
});
