/** Resource hooks `onError` with the plugin: no repetition makes a second key, and none that never gives up loses one. */
import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";

import { MOST_FAILURES } from "../../provider/rotation/repeatedCall";
import type { Sandbox } from "../../sandbox/sandbox";
import { createInlineStack, type InlineStack } from "../support/inlineStack";
import { NativeResource } from "../support/nativeResource";
import { CREATE } from "../support/ownedProvider";
import type { Properties } from "../support/providerProcess";
import { WHO } from "../support/routes";

describe("a hook onError with the plugin", function () {
  this.timeout(120_000);
  let inline: InlineStack;
  let sandbox: Sandbox;
  let stack: Stack;
  /** The token that is reset, whose id also names both resources. */
  let tokenId: string;
  let trigger = 0;
  let retries = 0;

  before(async () => {
    inline = await createInlineStack("plugin-hooks", () => Promise.resolve(program()));
    ({ sandbox, stack } = inline);
    // A second reset would end the grace of the first.
    sandbox.openQuestions.endsOlderGrace = true;
  });
  after(() => inline.stop());

  /** One of each strategy. */
  function program(): Record<string, pulumi.Output<string>> {
    const again = new pulumi.ErrorHook("again", () => ++retries > 0);
    const options = { hooks: { onError: [again] } };
    const common = { triggers: { trigger }, oldKeyExpiry: "1h" };
    const reset = new NativeResource("AccessTokenRotation", `reset-${tokenId}`, { tokenId, ...common }, options);
    const own = new NativeResource("RotatingAccessToken", `own-${tokenId}`, { name: "own", ...common }, options);
    return { reset: reset.token, own: own.token };
  }

  const isAccepted = (key: string) => sandbox.store.findByKey(key, sandbox.clock.now()) !== undefined;
  const made = () => sandbox.requests.filter(({ hasReset, route }) => hasReset || route === CREATE).length;
  async function up(): Promise<string[]> {
    const { outputs } = await stack.up();
    return ["reset", "own"].map((name) => String(outputs[name]?.value));
  }
  /** What the state says of keys that are not proven yet. */
  async function pending(): Promise<unknown[]> {
    const { deployment } = (await stack.exportStack()) as { deployment: { resources: { outputs?: Properties }[] } };
    return deployment.resources.flatMap(({ outputs = {} }) => outputs["verificationPending"] ?? []);
  }
  /** The first request of a run asks whose key the stack's is. The others prove new keys. */
  const refuseProofs = (times: number) => {
    sandbox.faults.add({ route: WHO, skip: 1, when: "before", times, fault: { kind: "status", status: 403 } });
  };

  /** An `up` in which so many proofs of keys are refused. */
  async function upWith(times: number, held: readonly string[]): Promise<string[]> {
    trigger++;
    retries = 0;
    const before = made();
    refuseProofs(times);
    const keys = await up();
    sandbox.faults.clear();
    assert.equal(made() - before, 2, "a key for each, however often the call is repeated");
    assert.ok([...held, ...keys].every(isAccepted), "the old keys have their grace");
    assert.ok(!keys.some((key) => held.includes(key)), "the new ones are kept");
    return keys;
  }
  /** The `up` after it makes no key. */
  async function upAgain(left: readonly string[]): Promise<void> {
    const before = made();
    assert.deepEqual(await up(), left);
    assert.equal(made(), before);
    assert.deepEqual(await pending(), []);
  }

  it("that asks for another try gets it: at the creation, and at an update", async () => {
    tokenId = sandbox.createToken({ name: "tried again", role: "writer" }).id;
    const created = await upWith(4, []);
    assert.equal(retries, 4);
    const updated = await upWith(4, created);
    assert.equal(retries, 4);
    assert.deepEqual(await pending(), []);
    // The engine has kept what the failed calls said, and so it updates once more.
    await upAgain(updated);
  });

  it("that never gives up leaves the keys in the state, and the rest to the next up", async () => {
    tokenId = sandbox.createToken({ name: "never right", role: "writer" }).id;
    let held: readonly string[] = [];
    for (const method of ["create", "update"]) {
      held = await upWith(Infinity, held);
      // Each call fails as often as it may, but for the last.
      assert.equal(retries, 2 * (MOST_FAILURES - 1), method);
      assert.deepEqual(await pending(), [true, true], method);
      await upAgain(held);
    }
    await stack.up({ expectNoChanges: true });
  });
});
