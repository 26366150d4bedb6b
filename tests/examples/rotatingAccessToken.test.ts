/** The example rotating-access-token: what its runs send, and that the previous token works on. */
import assert from "node:assert/strict";

import { createRotationStack } from "../support/rotationStack";
import { CREATE, LIST, PATCH } from "../support/ownedProvider";
import { WHO } from "../support/routes";

describe("pulumi up on examples/rotating-access-token", function () {
  this.timeout(240_000);

  it("creates a token, and rotates it for a trigger while the previous one works on", async () => {
    const { sandbox, stack, set, up, newRequests, printed, stop } = await createRotationStack({
      isTypeScript: true,
      example: "rotating-access-token",
    });
    try {
      const done = async () => {
        const { status, output } = await up();
        assert.equal(status, 0, output);
        return stack.outputs();
      };
      const accepts = (key: unknown) => sandbox.store.findByKey(String(key), sandbox.clock.now()) !== undefined;
      const first = await done();
      assert.deepEqual(newRequests(), [WHO, LIST, CREATE, WHO]);
      assert.ok(accepts(first["token"]));
      assert.deepEqual(first["previousTokens"], []);

      await set({ quarter: "2027-Q1" });
      const second = await done();
      assert.deepEqual(newRequests(), [WHO, LIST, CREATE, WHO, PATCH]);
      assert.equal(second["lastRotationReason"], "triggers.quarter changed");
      assert.notEqual(second["token"], first["token"]);
      assert.ok(accepts(first["token"]) && accepts(second["token"]));
      assert.equal(second["tokenLastFour"], String(second["token"]).slice(-4));
      const [previous, ...others] = second["previousTokens"] as { id: string; expiresAt: string }[];
      assert.deepEqual(others, []);
      assert.equal(Date.parse(String(previous?.expiresAt)), sandbox.store.find(String(previous?.id))?.expiry);
      for (const { token } of [first, second]) assert.ok(!printed().includes(String(token)));
    } finally {
      await stop();
    }
  });
});
