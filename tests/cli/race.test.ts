import assert from "node:assert/strict";

import { createStack } from "../../tools/stack/stack";
import { createWorkspace } from "../../tools/stack/workspace";
import { createRotationStack } from "../support/rotationStack";

describe("two stacks that rotate the same token at once", function () {
  this.timeout(240_000);

  it("end with the loser noticing: its refresh sees the other's key, and its next up says why it rotates", async () => {
    const first = await createRotationStack();
    const workspace = createWorkspace();
    try {
      const { sandbox, token } = first;
      const second = await createStack({ workspace, environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
      const settings = { "launchdarkly:apiHost": sandbox.url, tokenId: token.id, quarter: "2026-Q4" };
      await second.configAll({ plaintext: settings, secret: { "launchdarkly:accessToken": sandbox.adminKey } });
      const words = ["up", "--yes", "--non-interactive", "--skip-preview"];
      const ups = await Promise.all([first.stack.pulumi(...words), second.pulumi(...words)]);
      for (const { status, output } of ups) assert.equal(status, 0, output);

      const current = () => sandbox.store.find(token.id)?.keys[0].value;
      const keys = await Promise.all([first.stack.outputs(), second.outputs()]);
      const held = keys.map((outputs) => outputs["token"]);
      assert.equal(held.filter((key) => key === current()).length, 1, "one of them holds the current key");
      const loser = held[0] === current() ? second : first.stack;

      const refreshed = await loser.pulumi("up", "--yes", "--non-interactive", "--skip-preview", "--refresh");
      assert.equal(refreshed.status, 0, refreshed.output);
      assert.match(refreshed.output, /will be reset by pulumi up: rotated outside Pulumi \(key ending in \w{4}\)/);
      assert.equal((await loser.outputs())["token"], current());
    } finally {
      await first.stop();
      workspace.remove();
    }
  });
});
