/** What a program's transformations can't take away: that keys and remembered triggers are secret in the state. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";

import type { RotatableCredential } from "../../sandbox/rotatable";
import type { Sandbox } from "../../sandbox/sandbox";
import { createInlineStack, type InlineStack, installedPackage } from "../support/inlineStack";
import { type Kind, kinds } from "../support/kinds";
import { WHO } from "../support/routes";

type Rotation = new (name: string, inputs: object, options: pulumi.CustomResourceOptions) => pulumi.Resource;

/** Both kinds of callbacks, as a company's policies may have them. */
const CALLBACKS: readonly Pick<pulumi.CustomResourceOptions, "transformations" | "transforms">[] = [
  { transformations: [({ props, opts }) => ({ props, opts: { ...opts, additionalSecretOutputs: [] } })] },
  { transforms: [({ props, opts }) => ({ props, opts: { ...opts, additionalSecretOutputs: [] } })] },
];

describe("a transformation that sets additionalSecretOutputs anew", function () {
  this.timeout(240_000);
  let inline: InlineStack;
  let sandbox: Sandbox;
  let stack: Stack;
  let password: string;
  let all: { readonly kind: Kind; readonly one: RotatableCredential; readonly callback: object }[];

  before(async () => {
    inline = await createInlineStack("transformations", () => {
      program();
      return Promise.resolve();
    });
    ({ sandbox, stack } = inline);
    all = kinds.flatMap((kind) =>
      CALLBACKS.map((callback, n) => ({ kind, callback, one: kind.rotatable.add(sandbox, `number ${String(n)}`) })),
    );
  });
  after(() => inline.stop());

  function program(): void {
    const classes: Readonly<Record<string, unknown>> = { ...installedPackage() };
    // The SDK hands plain values to transforms, and what they give back is plain: that secret is lost before it comes here.
    const triggersOf = (callback: object) => ({
      password: "transforms" in callback ? "nothing secret" : pulumi.secret(password),
      length: password.length,
    });
    all.forEach(({ kind: { credential, graces }, one, callback }, n) => {
      const [oldKeyExpiry] = graces;
      const triggers = triggersOf(callback);
      const inputs = { ...one.identity, triggers, ...(oldKeyExpiry !== undefined && { oldKeyExpiry }) };
      new (classes[credential.className] as Rotation)(`reset${String(n)}`, inputs, callback);
    });
    CALLBACKS.forEach((callback, n) => {
      const name = `owned${String(n)}`;
      const triggers = triggersOf(callback);
      new (classes["RotatingAccessToken"] as Rotation)(name, { name, role: "reader", triggers }, callback);
    });
  }

  /** Fails unless the state has the resources, and no key and no trigger in plain text. */
  async function assertEncrypted(): Promise<void> {
    // The Automation API exports secrets in plain text, so the backend's own file is read.
    const { backend } = await stack.workspace.projectSettings();
    const folder = fileURLToPath(backend?.url ?? "");
    const text = readFileSync(path.join(folder, ".pulumi", "stacks", "transformations", "dev.json"), "utf8");
    for (const { one } of all) assert.ok(text.includes(Object.values(one.identity)[0] ?? ""), "the state was read");
    for (const secret of [...sandbox.store.everyKey(), password]) assert.ok(!text.includes(secret), "a plain secret");
  }

  it("leaves every key and secret trigger encrypted, after a creation, a failure, a refresh and a rotation", async () => {
    password = "hunter2-is-a-secret-trigger";
    await stack.up();
    await assertEncrypted();
    password = "hunter3-is-the-next-one";
    sandbox.faults.add({
      route: WHO,
      skip: 1,
      when: "before",
      times: Infinity,
      fault: { kind: "status", status: 503 },
    });
    await assert.rejects(stack.up(), /saved/);
    await assertEncrypted();
    sandbox.faults.clear();
    await stack.refresh();
    await assertEncrypted();
    await stack.up();
    await assertEncrypted();
    const { changeSummary } = await stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"]);
  });
});
