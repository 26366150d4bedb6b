/** What docs/facts/pulumi.md says of the engine, tried with programs that ask for it. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { createStack } from "../../tools/stack/stack";
import { createWorkspace } from "../../tools/stack/workspace";
import { createInlineStack, type InlineStack, installedPackage } from "../support/inlineStack";
import { TYPE } from "../support/rotationStack";

/** A resource whose methods keep what they are given. */
class Told extends pulumi.dynamic.Resource {
  declare readonly told: pulumi.Output<string>;

  constructor(name: string, edition: number) {
    const told = (...given: unknown[]) => JSON.stringify(given);
    const provider: pulumi.dynamic.ResourceProvider = {
      create: (...given: unknown[]) => Promise.resolve({ id: "one", outs: { edition: 0, told: told(...given) } }),
      update: (...given: unknown[]) => Promise.resolve({ outs: { edition: 1, told: told(...given) } }),
    };
    super(provider, name, { edition, told: undefined }, {}, "facts", "Told");
  }
}

describe("the engine", function () {
  this.timeout(180_000);
  let inline: InlineStack;
  let token: { readonly id: string };
  let program: () => Record<string, pulumi.Output<string>>;

  before(async () => {
    inline = await createInlineStack("facts", () => Promise.resolve(program()));
    token = inline.sandbox.createToken({ name: "ci deploys" });
  });
  after(() => inline.stop());

  /** @param options made by the program, as a hook has to be */
  const rotation = (edition: number, options: () => pulumi.CustomResourceOptions) => () => {
    const { AccessTokenRotation } = installedPackage();
    const inputs = { tokenId: token.id, triggers: { edition }, oldKeyExpiry: "1h" };
    return { token: new AccessTokenRotation("ci", inputs, options()).token };
  };
  const resets = () => inline.sandbox.requests.filter(({ hasReset }) => hasReset).length;
  const currentKey = () => inline.sandbox.store.find(token.id)?.keys[0].value;

  it("hands in the old inputs under ignoreChanges", async () => {
    program = rotation(1, () => ({}));
    await inline.stack.up();
    assert.equal(resets(), 1);
    program = rotation(2, () => ({ ignoreChanges: ["triggers"] }));
    await inline.stack.up();
    assert.equal(resets(), 1);
    program = rotation(2, () => ({}));
    await inline.stack.up();
    assert.equal(resets(), 2);
  });

  it("gives a hook the new key as a secret output, and fails the run whose hook throws after the rotation", async () => {
    let given: Record<string, unknown> | undefined;
    const throwing: pulumi.ResourceHookFunction = ({ newOutputs }) => {
      given = newOutputs;
      throw new Error("the hook does not like it");
    };
    program = rotation(3, () => ({ hooks: { afterUpdate: [new pulumi.ResourceHook("look", throwing)] } }));
    await assert.rejects(inline.stack.up(), /the hook does not like it/);
    const key = given?.["token"];
    assert.ok(pulumi.Output.isInstance(key) && (await pulumi.isSecret(key)));
    assert.equal(await new Promise((resolve) => void key.apply(resolve)), currentKey());
    program = rotation(3, () => ({}));
    const { outputs } = await inline.stack.up();
    assert.deepEqual([outputs["token"]?.value, resets()], [currentKey(), 3]);
  });

  it("tells create and update neither the URN nor the type of their resource", async () => {
    for (const edition of [1, 2]) {
      program = () => ({ told: new Told("told", edition).told });
      const { outputs } = await inline.stack.up();
      const { value } = outputs["told"] as { value: string };
      assert.ok(value.includes(`"edition":${edition}`), value);
      assert.doesNotMatch(value, /urn:pulumi|facts:Told/);
    }
  });

  it("does not import a dynamic resource", async () => {
    const resources = [{ type: TYPE, name: "imported", id: token.id }];
    await assert.rejects(inline.stack.import({ resources, protect: false }));
  });

  it("runs what the nearest package.json names where main is a folder", async () => {
    const workspace = createWorkspace();
    const { folder } = workspace;
    try {
      const write = (file: string, text: string) => {
        writeFileSync(path.join(folder, file), text);
      };
      mkdirSync(path.join(folder, "source"));
      write("Pulumi.yaml", "name: folder\nruntime: nodejs\nmain: source\n");
      write("package.json", JSON.stringify({ name: "folder", main: "named.js" }));
      write("named.js", "exports.which = 'named';\n");
      write("source/index.js", "exports.which = 'in the folder';\n");
      const stack = await createStack({ workspace });
      const { status, output } = await stack.pulumi("up", "--yes", "--skip-preview");
      assert.equal(status, 0, output);
      assert.equal((await stack.outputs())["which"], "named");
    } finally {
      workspace.remove();
    }
  });
});
