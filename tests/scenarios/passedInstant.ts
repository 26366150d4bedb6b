/** An `oldKeyExpiry` that has passed in the state, and a rotation that is due: what a refresh makes of it. */
import assert from "node:assert/strict";

import { resetKey } from "../../sandbox/accessToken";
import { createRotationStack } from "../support/rotationStack";

const OWNED = `
import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";
new RotatingAccessToken("owned", { name: "owned", role: "reader", oldKeyExpiry: config.require("oldKeyExpiry") });
`;

describe("a refresh, after the instant of oldKeyExpiry has passed", function () {
  this.timeout(240_000);

  it("passes though a rotation is due, the up refuses it, and a corrected program goes on", async () => {
    const rotation = await createRotationStack({ program: OWNED, oldKeyExpiry: "1h" });
    const { sandbox, stack } = rotation;
    const run = (command: string) =>
      stack.pulumi(...command.split(" "), "--yes", "--non-interactive", "--skip-preview");
    try {
      assert.equal((await rotation.up()).status, 0);
      // Allowed as long as no rotation uses it; so the state has it.
      await rotation.set({ oldKeyExpiry: "2020-01-01T00:00:00Z" });
      assert.equal((await rotation.up()).status, 0);
      const now = sandbox.clock.now();
      sandbox.store.save(resetKey(sandbox.store.find(rotation.token.id) ?? assert.fail(), now + 3_600_000, now));
      const owned = sandbox.store.all().find(({ name }) => name === "owned") ?? assert.fail();
      sandbox.store.delete(owned.id);

      assert.equal((await run("refresh")).status, 0);
      const refused = await run("up --refresh");
      assert.notEqual(refused.status, 0);
      const named =
        /error: Can't (?:reset \(ci\)|rotate \(owned\)): oldKeyExpiry is 2020-01-01T00:00:00\.000Z, which has/;
      assert.match(refused.output, named);
      // The SDK prints what was thrown on the stack's row, too.
      assert.match(refused.output, /^ *Can't (?:reset|rotate) \(\w+\): see the error of the resource\.$/m);
      assert.doesNotMatch(refused.output, /\.:\s*$/m);
      assert.equal((await run("refresh --run-program")).status, 0);

      await rotation.set({ oldKeyExpiry: "1h" });
      const resets = rotation.resets();
      const { status, output } = await run("up --refresh");
      assert.equal(status, 0, output);
      assert.equal(rotation.resets(), resets + 1);
      assert.ok(sandbox.store.all().some(({ name }) => name === "owned"));
    } finally {
      await rotation.stop();
    }
  });
});
