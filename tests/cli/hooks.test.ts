/** Resource hooks `onError`, by which the engine repeats a call: no repetition resets a second time. */
import assert from "node:assert/strict";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { RESET, WHO } from "../support/routes";

/**
 * The language host does not pass hooks on, so the program runs in this process and talks to the engine itself.
 */
describe("a hook onError that asks for a retry", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let workspace: Workspace;
  let stack: Stack;
  let token: { readonly id: string; readonly key: string };
  let trigger = 1;
  let retries = 0;

  before(async () => {
    workspace = createWorkspace();
    sandbox = await startSandbox();
    token = sandbox.createToken({ name: "ci" });
    stack = await LocalWorkspace.createStack(
      { stackName: "dev", projectName: "hooks", program: () => Promise.resolve(program()) },
      {
        workDir: workspace.folder,
        pulumiHome: path.join(workspace.aside, "home"),
        projectSettings: {
          name: "hooks",
          runtime: "nodejs",
          backend: { url: `file://${workspace.aside}` },
        },
        envVars: { PULUMI_CONFIG_PASSPHRASE: "a throwaway stack", PULUMI_SKIP_UPDATE_CHECK: "true" },
      },
    );
    await stack.setAllConfig({
      "launchdarkly:apiHost": { value: sandbox.url },
      "launchdarkly:accessToken": { value: sandbox.adminKey, secret: true },
    });
  });
  beforeEach(() => {
    retries = 0;
    sandbox.faults.clear();
    sandbox.requests.length = 0;
  });
  after(async () => {
    await sandbox.stop();
    workspace.remove();
  });

  function program(): Record<string, pulumi.Output<string>> {
    // The package as users import it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be checked before dist/ is built
    const { AccessTokenRotation } = require("pulumi-launchdarkly-rotation") as typeof import("../../provider/index");
    const again = new pulumi.ErrorHook("again", () => ++retries <= 3);
    const rotation = new AccessTokenRotation(
      "ci",
      { tokenId: token.id, triggers: { trigger }, oldKeyExpiry: "1h" },
      { hooks: { onError: [again] } },
    );
    return { token: rotation.token };
  }

  const resets = () => sandbox.requests.filter(({ hasReset }) => hasReset).length;
  const failingVerification = () => {
    const fault = { kind: "status", status: 403 } as const;
    sandbox.faults.add({ route: WHO, callerId: token.id, when: "before", times: 3, fault });
  };

  it("does not reset again at the creation: the key is verified until it passes", async () => {
    failingVerification();
    const { outputs } = await stack.up();
    assert.equal(outputs["token"]?.value, sandbox.store.find(token.id)?.keys[0].value);
    assert.equal(resets(), 1);
    assert.ok(retries > 0, "the hook was asked");
  });

  it("does not reset again at an update, and leaves the held key its grace", async () => {
    const held = sandbox.store.find(token.id)?.keys[0].value ?? "";
    sandbox.openQuestions.endsOlderGrace = true;
    failingVerification();
    trigger++;
    const { outputs } = await stack.up();
    assert.equal(outputs["token"]?.value, sandbox.store.find(token.id)?.keys[0].value);
    assert.equal(resets(), 1);
    assert.ok(retries > 0, "the hook was asked");
    assert.equal(sandbox.store.findByKey(held, sandbox.clock.now())?.id, token.id);
  });

  it("does not reset a second time after a lost answer: that is left to the next up", async () => {
    const held = sandbox.store.find(token.id)?.keys[0].value ?? "";
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "drop" } });
    trigger++;
    await assert.rejects(stack.up(), /was lost\. The old key works until/);
    assert.equal(resets(), 1);
    assert.equal(retries, 4, "the hook was asked until it had enough");
    assert.equal(sandbox.store.findByKey(held, sandbox.clock.now())?.id, token.id);
    const { outputs } = await stack.up();
    assert.equal(resets(), 2);
    assert.equal(outputs["token"]?.value, sandbox.store.find(token.id)?.keys[0].value);
  });
});
