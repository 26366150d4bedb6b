/** From the dynamic classes to the plugin and back, with the real CLI: nothing is reset, and each can go on. */
import assert from "node:assert/strict";

import { blocksIn, page } from "../docs/pages";
import { everyKind } from "../support/kinds";
import { createPluginStack, type Declared, type PluginStack } from "../support/pluginStack";
import { typeBlock } from "../support/typeBlock";

/** What the page says to type before. */
const copying = blocksIn([page("docs/languages.md")], "sh").find(({ code }) => code.includes("config get"));

describe("a stack that moves to the plugin and back", function () {
  this.timeout(240_000);
  let stack: PluginStack;
  let resources: readonly Declared[];
  before(async () => {
    stack = await createPluginStack();
    const triggers = { quarter: "2026-Q4" };
    resources = everyKind.map((kind) => {
      const { className, outputs } = kind.credential;
      const { inputs } = kind.add(stack.sandbox, className);
      return { className, name: className, inputs: { ...inputs, triggers }, exports: [outputs.key] };
    });
  });
  after(() => stack.stop());

  const declare = (isDynamic: boolean) => {
    stack.declare(...resources.map((one) => ({ ...one, isDynamic })));
  };
  async function succeed(result: ReturnType<PluginStack["up"]>): Promise<string> {
    const { status, output } = await result;
    assert.equal(status, 0, output);
    return output;
  }
  const refresh = () => succeed(stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview"));

  it("keeps every key, in both directions", async () => {
    declare(true);
    await succeed(stack.up());
    const outputs = await stack.stack.outputs();
    const changes = stack.changes();

    declare(false);
    await succeed(stack.pulumi("config", "rm", "launchdarkly-rotation:accessToken"));
    await succeed(stack.pulumi("config", "set", "launchdarkly:httpTimeout", "30"));
    const { output } = await stack.preview();
    assert.match(output, /then the key: pulumi config get launchdarkly:accessToken \| pulumi config set --secret/);
    await typeBlock(stack.stack, copying?.code ?? assert.fail());
    // The stack itself is one, too.
    const allUnchanged = new RegExp(`${resources.length + 1} unchanged`);
    assert.match(await succeed(stack.preview()), allUnchanged);
    assert.match(await succeed(stack.up()), allUnchanged);
    await refresh();
    await succeed(stack.up("--expect-no-changes"));
    for (const { type } of stack.resources()) assert.match(type, /^launchdarkly-rotation:index:/);

    declare(true);
    const back = await succeed(stack.preview());
    for (const { name } of resources) {
      assert.ok(
        back.includes(`Will take over the state (${name}): the plugin has written it. Nothing changes at`),
        name,
      );
    }
    await succeed(stack.up());
    await succeed(stack.up("--expect-no-changes"));
    await refresh();
    assert.deepEqual(await stack.stack.outputs(), outputs);
    assert.equal(stack.changes(), changes, "no request that changes anything");
  });

  it("goes on rotating where it has come to", async () => {
    const before = await stack.stack.outputs();
    declare(false);
    resources = resources.map((one) => ({ ...one, inputs: { ...one.inputs, triggers: { quarter: "2027-Q1" } } }));
    declare(false);
    await succeed(stack.up());
    const outputs = await stack.stack.outputs();
    for (const [name, key] of Object.entries(before)) assert.notEqual(outputs[name], key, name);
    for (const resource of stack.resources()) assert.equal(resource.outputs["__provider"], undefined);
    await succeed(stack.pulumi("destroy", "--yes", "--non-interactive", "--skip-preview"));
  });
});
