/** `pulumi import` and the option `import`, with the real CLI: a key that LaunchDarkly shows comes in, and is not reset. */
import assert from "node:assert/strict";

import type { RotatableCredential } from "../../sandbox/rotatable";
import { kindOf } from "../support/kinds";
import { createPluginStack, type PluginStack } from "../support/pluginStack";

describe("pulumi import, with the plugin", function () {
  this.timeout(120_000);
  let stack: PluginStack;
  let environment: RotatableCredential;
  beforeEach(async () => {
    stack = await createPluginStack();
    environment = kindOf("SdkKeyRotation").rotatable.add(stack.sandbox, "production");
  });
  afterEach(() => stack.stop());

  const id = () => Object.values(environment.identity).join("/");
  const declare = (inputs: object, options = {}) => {
    stack.declare({
      className: "SdkKeyRotation",
      name: "server",
      inputs: { ...environment.identity, ...inputs },
      exports: ["sdkKey"],
      options,
    });
  };
  async function succeed(result: ReturnType<PluginStack["up"]>): Promise<string> {
    const { status, output } = await result;
    assert.equal(status, 0, output);
    return output;
  }

  it("brings a key in with the command, and the first up notes the triggers", async () => {
    declare({});
    const type = "launchdarkly-rotation:index:SdkKeyRotation";
    const words = ["--yes", "--non-interactive", "--protect=false", "--generate-code=false", "--skip-preview"];
    await succeed(stack.pulumi("import", type, "server", id(), ...words));
    declare({ triggers: { quarter: "2026-Q4" } });
    assert.match(
      await succeed(stack.preview()),
      /Will note \(server\): the triggers of an imported resource, without a rotation\./,
    );
    assert.match(await succeed(stack.up()), /Noted \(server\): the triggers of an imported resource/);
    assert.equal((await stack.stack.outputs())["server.sdkKey"], environment.firstKey);
    assert.equal(stack.changes(), 0);
    await succeed(stack.up("--expect-no-changes"));
    declare({ triggers: { quarter: "2027-Q1" } });
    await succeed(stack.up());
    assert.equal(stack.changes(), 1, "the next triggers rotate");
  });

  it("brings a key in with the option, together with triggers", async () => {
    declare({ triggers: { quarter: "2026-Q4" } }, { import: id() });
    await succeed(stack.preview());
    await succeed(stack.up());
    assert.equal(stack.changes(), 0);
    declare({ triggers: { quarter: "2026-Q4" } });
    await succeed(stack.up("--expect-no-changes"));
    assert.equal((await stack.stack.outputs())["server.sdkKey"], environment.firstKey);
  });
});
