/** What a preview says of ids that are not known, and of keys that die at once or early. */
import assert from "node:assert/strict";

import { createRotationStack } from "../support/rotationStack";

/** A token whose id is an output, as that of LaunchDarkly's provider is, and the classic mistake for a trigger. */
const PROGRAM = `
class CreatedToken extends pulumi.dynamic.Resource {
  constructor(name: string, token: string) {
    super({ create: async (inputs: any) => ({ id: inputs.token, outs: inputs }) }, name, { token });
  }
}
new AccessTokenRotation("second", {
  tokenId: new CreatedToken("created", config.require("secondId")).id,
  triggers: { at: new Date().toISOString() },
  oldKeyExpiry: config.require("secondExpiry"),
});
`;

describe("pulumi preview", function () {
  this.timeout(240_000);

  it("bears an id that is not known yet, and warns of keys that die at once or early, naming a restless trigger", async () => {
    const rotation = await createRotationStack({ program: PROGRAM });
    try {
      const second = rotation.sandbox.createToken({ name: "second" });
      await rotation.set({ secondId: second.id, secondExpiry: "1h" });
      const first = await rotation.preview();
      assert.equal(first.status, 0, first.output);
      assert.match(first.output, /\(second\):\n +Will reset \(\w+\): first rotation/);
      assert.doesNotMatch(first.output, /warning/);
      const up = await rotation.up();
      assert.equal(up.status, 0, up.output);
      assert.equal(rotation.resets(), 2);

      const restless = await rotation.preview();
      assert.match(
        restless.output,
        /\(second\):\n +warning: .* If triggers\.at changes in every run, every run rotates\.\n/,
      );
      await rotation.set({ secondExpiry: "immediate" });
      const again = await rotation.preview();
      assert.equal(again.status, 0, again.output);
      assert.match(
        again.output,
        /\(second\):\n +warning: Will reset \(\w+\): triggers\.at changed\. The current key \(ending in \w{4}\) dies at once\. The key before it may live on until [\d:.TZ-]+\.\n/,
      );
      assert.doesNotMatch(again.output, /\(ci\):/);
    } finally {
      await rotation.stop();
    }
  });
});
