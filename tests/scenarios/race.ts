/** Two stacks that rotate one token at once. */
import assert from "node:assert/strict";
import { once } from "node:events";

import { createStack, type Stack } from "../../tools/stack/stack";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { RESET } from "../support/routes";

const UP = ["up", "--yes", "--non-interactive", "--skip-preview"];

describe("two stacks that rotate the same token at once", function () {
  this.timeout(240_000);

  let first: RotationStack;
  let second: Stack;
  let workspace: Workspace;

  async function start(oldKeyExpiry: string): Promise<void> {
    first = await createRotationStack({ oldKeyExpiry });
    workspace = createWorkspace();
    second = await createStack({ workspace, environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
    const { sandbox, token } = first;
    const settings = { "launchdarkly:apiHost": sandbox.url, tokenId: token.id, quarter: "2026-Q4", oldKeyExpiry };
    await second.configAll({ plaintext: settings, secret: { "launchdarkly:accessToken": sandbox.adminKey } });
  }
  afterEach(async () => {
    await first.stop();
    workspace.remove();
  });

  const current = () => first.sandbox.store.find(first.token.id)?.keys[0].value;

  it("end with the loser noticing: its refresh sees the other's key, and its next up says why it rotates", async () => {
    await start("1h");
    const ups = await Promise.all([first.stack.pulumi(...UP), second.pulumi(...UP)]);
    for (const { status, output } of ups) assert.equal(status, 0, output);

    const keys = await Promise.all([first.stack.outputs(), second.outputs()]);
    const held = keys.map((outputs) => outputs["token"]);
    assert.equal(held.filter((key) => key === current()).length, 1, "one of them holds the current key");
    const loser = held[0] === current() ? second : first.stack;

    const refreshed = await loser.pulumi(...UP, "--refresh");
    assert.equal(refreshed.status, 0, refreshed.output);
    assert.match(refreshed.output, /Reset \(.+?\): rotated outside Pulumi \(key ending in \w{4}\)/);
    assert.equal((await loser.outputs())["token"], current());
  });

  it("end with the loser's run failing when old keys die at once, and its next up resetting the token", async () => {
    await start("immediate");
    const { sandbox, stack: loser } = first;
    const isReset = once(sandbox.events, "reset");
    const isOvertaken = isReset.then(() => once(sandbox.events, "reset"));
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hold", until: isOvertaken } });
    const lost = loser.pulumi(...UP);
    await isReset;
    const won = await second.pulumi(...UP);
    assert.equal(won.status, 0, won.output);
    const { status, output } = await lost;
    assert.notEqual(status, 0);
    assert.match(
      output,
      /has been reset once more since \(key ending in \w{4}\), by somebody else.* Run pulumi up again/,
    );
    assert.equal((await second.outputs())["token"], current());

    const again = await loser.pulumi(...UP);
    assert.equal(again.status, 0, again.output);
    assert.match(again.output, /rotated outside Pulumi \(key ending in \w{4}\)/);
    assert.equal((await loser.outputs())["token"], current());
  });
});
