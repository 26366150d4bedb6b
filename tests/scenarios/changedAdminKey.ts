/** An admin key that has changed: what a refresh says, and what heals it. */
import assert from "node:assert/strict";

import { resetKey } from "../../sandbox/accessToken";
import { createRotationStack } from "../support/rotationStack";

/** A token that the stack owns as well: a destroy has to delete it, before the other resource goes. */
const OWNED = `
import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";
new RotatingAccessToken("owned", { name: "owned", role: "reader" }, { dependsOn: rotation });
`;

const AT_REFRESH =
  /A refresh uses the settings of the last pulumi up, not today's\. If launchdarkly:accessToken has changed since, run pulumi up without --refresh, or pulumi refresh --run-program/;
const AT_DESTROY =
  /Without the program, Pulumi deletes with the settings of the last pulumi up, not today's\. If launchdarkly:accessToken has changed since, run pulumi destroy --run-program for a destroy;/;

describe("an admin key that was changed since the last up", function () {
  this.timeout(240_000);

  it("is no obstacle to a refresh of what has a key of its own, and fails a destroy with what to run", async () => {
    const rotation = await createRotationStack({ program: OWNED });
    const { sandbox, stack } = rotation;
    const run = (command: string) =>
      stack.pulumi(...command.split(" "), "--yes", "--non-interactive", "--skip-preview");
    try {
      assert.equal((await rotation.up()).status, 0);
      const admin = sandbox.store.find(sandbox.adminId) ?? assert.fail();
      const now = sandbox.clock.now();
      const changed = resetKey(admin, now, now);
      sandbox.store.save(changed);
      await stack.configAll({ secret: { "launchdarkly:accessToken": changed.keys[0].value } });

      const refreshed = await run("refresh");
      assert.equal(refreshed.status, 0, refreshed.output);
      const warnings = [...refreshed.output.matchAll(/warning: (.*does not accept the key api-…\w{4} .*)/g)];
      assert.ok(warnings.length > 0, refreshed.output);
      for (const [, warning] of warnings) assert.match(warning ?? "", AT_REFRESH);

      for (const command of ["destroy", "destroy --refresh"]) {
        const { status, output } = await run(command);
        assert.notEqual(status, 0, command);
        assert.match(output, AT_DESTROY, command);
        assert.doesNotMatch(output, /Run it again/, command);
        assert.doesNotMatch(output, /\n\s+at /, "no stack trace");
      }
      for (const command of ["up --refresh", "refresh", "destroy"]) {
        const { status, output } = await run(command);
        assert.equal(status, 0, output);
        if (command === "refresh") assert.equal(rotation.resets(), 1);
      }
    } finally {
      await rotation.stop();
    }
  });
});
