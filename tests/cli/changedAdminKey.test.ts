/** An admin key that has changed: what a refresh says, and what heals it. */
import assert from "node:assert/strict";

import { resetKey } from "../../sandbox/accessToken";
import { createRotationStack } from "../support/rotationStack";

describe("an admin key that was changed since the last up", function () {
  this.timeout(240_000);

  it("fails a refresh, which Pulumi configures from the state, with what to run; a plain up heals it", async () => {
    const rotation = await createRotationStack();
    try {
      const { sandbox, stack } = rotation;
      assert.equal((await rotation.up()).status, 0);
      const admin = sandbox.store.find(sandbox.adminId) ?? assert.fail();
      const now = sandbox.clock.now();
      const changed = resetKey(admin, now, now);
      sandbox.store.save(changed);
      await stack.configAll({ secret: { "launchdarkly:accessToken": changed.keys[0].value } });

      for (const words of [["refresh"], ["up", "--refresh"], ["destroy", "--refresh"]]) {
        const { status, output } = await stack.pulumi(...words, "--yes", "--non-interactive", "--skip-preview");
        assert.notEqual(status, 0, words.join(" "));
        assert.match(
          output,
          /\(ci\):\n +error: .*does not accept the key api-…\w{4} .* A refresh uses the settings of the last pulumi up, not today's\. If launchdarkly:accessToken has changed since, run pulumi up without --refresh, or pulumi refresh --run-program/,
          words.join(" "),
        );
        assert.doesNotMatch(output, /\n\s+at /, "no stack trace");
      }
      const healed = await rotation.up();
      assert.equal(healed.status, 0, healed.output);
      const refreshed = await stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview");
      assert.equal(refreshed.status, 0, refreshed.output);
      assert.equal(rotation.resets(), 1);
    } finally {
      await rotation.stop();
    }
  });
});
