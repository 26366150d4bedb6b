/** From the dynamic classes to the plugin and back, with the real CLI: nothing is reset, and each can go on. */
import assert from "node:assert/strict";

import { blocksIn, page } from "../docs/pages";
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
    const { sandbox } = stack;
    const { projectKey, environmentKey } = sandbox.createEnvironment({ name: "production" });
    const triggers = { quarter: "2026-Q4" };
    const { id: tokenId } = sandbox.createToken({ name: "ci", role: "writer" });
    const exports = { token: ["token"], sdkKey: ["sdkKey"] };
    resources = [
      { className: "AccessTokenRotation", name: "reset", inputs: { tokenId, triggers }, exports: exports.token },
      {
        className: "SdkKeyRotation",
        name: "server",
        inputs: { projectKey, environmentKey, triggers },
        exports: exports.sdkKey,
      },
      {
        className: "RotatingAccessToken",
        name: "own",
        inputs: { name: "own", role: "writer", triggers },
        exports: exports.token,
      },
      {
        className: "RotatingSdkKey",
        name: "additional",
        inputs: { projectKey, environmentKey, name: "additional", triggers },
        exports: exports.sdkKey,
      },
    ];
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
    assert.match(await succeed(stack.preview()), /5 unchanged/);
    assert.match(await succeed(stack.up()), /5 unchanged/);
    await refresh();
    await succeed(stack.up("--expect-no-changes"));
    for (const { type } of stack.resources()) assert.match(type, /^launchdarkly-rotation:index:/);

    declare(true);
    const back = await succeed(stack.preview());
    assert.match(
      back,
      /Will take over the state \(reset\): the plugin has written it\. Nothing changes at LaunchDarkly\./,
    );
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
