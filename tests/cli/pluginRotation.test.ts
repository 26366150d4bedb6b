/** The packed plugin and the real CLI: the life of a token that is reset, and of one that the stack owns. */
import assert from "node:assert/strict";

import { createPluginStack, type Declared, type PluginStack, secretly } from "../support/pluginStack";

describe("pulumi, with the plugin", function () {
  this.timeout(240_000);
  let stack: PluginStack;
  let tokenId: string;
  /** What the preview of the first `up` says. */
  let first: string;
  before(async () => {
    stack = await createPluginStack();
    tokenId = stack.sandbox.createToken({ name: "ci deploys", role: "writer" }).id;
    stack.declare(...program("2026-Q3"));
    first = await succeed(stack.preview());
    assert.equal(stack.changes(), 0);
    await succeed(stack.up());
  });
  after(() => stack.stop());

  /** What is secret of a program, in any quarter. */
  const HIDDEN = "known to nobody";
  const triggersIn = (quarter: string) => ({ quarter, seed: secretly(`${HIDDEN} in ${quarter}`) });
  const program = (quarter: string): [Declared, Declared] => [
    {
      className: "AccessTokenRotation",
      name: "reset",
      inputs: { tokenId, triggers: triggersIn(quarter), oldKeyExpiry: "24h" },
      exports: ["token", "name", "rotationCount", "lastRotationReason"],
    },
    {
      className: "RotatingAccessToken",
      name: "own",
      inputs: {
        ...{ name: "nightly", role: "writer", triggers: triggersIn(quarter) },
        description: secretly(`${HIDDEN} but LaunchDarkly`),
      },
      exports: ["token", "tokenId", "rotationCount"],
    },
  ];
  async function succeed(result: ReturnType<PluginStack["up"]>): Promise<string> {
    const { status, output } = await result;
    assert.equal(status, 0, output);
    return output;
  }

  it("says what the first up does", () => {
    assert.match(first, /Will reset \(reset\): first rotation by this stack\./);
    assert.match(first, /Will create \(own\): access token "nightly"\./);
  });

  it("says in a preview what comes, keeps what it knows known, and rotates", async () => {
    const before = await stack.stack.outputs();

    stack.declare(...program("2026-Q4"));
    const changes = stack.changes();
    const preview = await succeed(stack.preview());
    assert.equal(stack.changes(), changes, "a preview changes nothing");
    assert.match(
      preview,
      /Will reset \(reset\): triggers\.quarter changed, triggers\.seed changed\. The current key .* keeps working for 1 day\./,
    );
    assert.match(preview, /~ quarter: "2026-Q3" => "2026-Q4"/);
    assert.match(
      preview,
      /reset\.lastRotationReason: "first rotation by this stack" => "triggers\.quarter changed, triggers\.seed changed"/,
    );
    assert.match(preview, /own\.rotationCount +: 1 => 2/);
    assert.doesNotMatch(preview, /reset\.name/, "what stays is known to stay");

    const up = await succeed(stack.up());
    assert.match(
      up,
      /AccessTokenRotation \(reset\):\s+Reset \(reset\): triggers\.quarter changed, triggers\.seed/,
      "on its row",
    );
    const outputs = await stack.stack.outputs();
    assert.notEqual(outputs["own.tokenId"], before["own.tokenId"]);
    for (const name of ["reset.token", "own.token"]) {
      assert.notEqual(outputs[name], before[name]);
      assert.ok(stack.sandbox.store.findByKey(outputs[name] as string, stack.sandbox.clock.now()));
    }
    await succeed(stack.up("--expect-no-changes"));
  });

  it("keeps no key and no secret input in plain text in the state, nor shows one", () => {
    const { exported, printed, sandbox } = stack;
    for (const shown of [exported(), printed()]) {
      assert.ok(![...sandbox.store.everyKey(), HIDDEN].some((secret) => shown.includes(secret)), shown);
    }
    assert.ok(
      sandbox.store.all().some(({ description }) => description?.includes(HIDDEN)),
      "LaunchDarkly has it",
    );
    for (const { outputs } of stack.resources()) {
      assert.ok(typeof outputs["triggers"] === "object" && outputs["triggers"] !== null);
      assert.ok("ciphertext" in outputs["triggers"]);
      assert.equal(outputs["__provider"], undefined);
    }
  });

  it("refreshes what somebody else has changed, with its words on its row", async () => {
    const token = stack.sandbox.store.find(tokenId) ?? assert.fail();
    stack.sandbox.store.save({ ...token, role: "reader" });
    const refresh = await succeed(stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview"));
    assert.match(refresh, /AccessTokenRotation \(reset\):\s+Changed at LaunchDarkly \(reset\): role writer → reader\./);
    await succeed(stack.up("--expect-no-changes"));
  });

  it("says before it replaces a resource that its only copy of a key goes", async () => {
    const [reset, own] = program("2026-Q4");
    const other = stack.sandbox.createToken({ name: "other", role: "writer" }).id;
    stack.declare({ ...reset, inputs: { ...reset.inputs, tokenId: other } }, own);
    assert.match(await succeed(stack.preview()), /Will drop a key \(reset\): the stack's only copy/);
  });

  it("deletes what the stack owns, and nothing else", async () => {
    const { "own.tokenId": owned } = await stack.stack.outputs();
    const destroy = await succeed(stack.pulumi("destroy", "--yes", "--non-interactive", "--skip-preview"));
    assert.match(destroy, /RotatingAccessToken \(own\):\s+Deleted at LaunchDarkly \(own\): /);
    assert.equal(stack.sandbox.store.find(owned as string), undefined);
    assert.ok(stack.sandbox.store.find(tokenId));
  });
});
