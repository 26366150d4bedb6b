/**
 * A token that the stack owns under the real CLI, where the engine replaces its resource, or an older state comes back: the
 * keys that people hold keep working.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type ExportedResource, type RotationStack } from "../support/rotationStack";

const TYPE = "pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const owned = new RotatingAccessToken("ci", {
  name: "ci deploys",
  triggers: { quarter: config.require("quarter") },
  serviceToken: config.getBoolean("serviceToken"),
});
export const token = owned.token;
`;

describe("pulumi up that replaces a resource which owns its access token", function () {
  this.timeout(300_000);
  let stack: RotationStack;

  beforeEach(async () => {
    stack = await createRotationStack();
    writeFileSync(path.join(stack.workspace.folder, "index.ts"), PROGRAM);
  });
  afterEach(() => stack.stop());

  async function pulumi(...words: string[]): Promise<string> {
    const { status, output } = await stack.stack.pulumi(...words);
    assert.equal(status, 0, output);
    return output;
  }
  const up = (...words: string[]) => pulumi("up", "--yes", "--non-interactive", "--skip-preview", ...words);
  const key = async () => String((await stack.stack.outputs())["token"]);
  const accepts = (value: string) => {
    const { store, clock } = stack.sandbox;
    return store.findByKey(value, clock.now()) !== undefined;
  };
  async function resource(): Promise<ExportedResource> {
    const { text } = await stack.exported();
    const { deployment } = JSON.parse(text) as { deployment: { resources: ExportedResource[] } };
    return deployment.resources.find(({ type }) => type === TYPE) ?? assert.fail("the resource is in the state");
  }
  const previousTokens = async () => {
    const { outputs } = await resource();
    return (outputs["previousTokens"] as { id: string; expiresAt: string | null }[]).map(({ id }) => id);
  };

  it("leaves the key that people hold its grace: --replace, a taint, and another serviceToken", async () => {
    await up();
    const { urn } = await resource();
    for (const replace of [
      () => up("--replace", urn),
      async () => {
        await pulumi("state", "taint", urn, "--yes");
        return up();
      },
      async () => {
        await stack.set({ serviceToken: "false" });
        return up();
      },
    ]) {
      const [held, before] = [await key(), await resource()];
      const output = await replace();
      const after = await resource();
      assert.notEqual(after.id, before.id);
      assert.ok(accepts(held) && accepts(await key()));
      assert.notEqual(await key(), held);
      assert.match(output, new RegExp(`Handed on.*: ${String(before.outputs["tokenId"])} .* works until 20`));
      await up();
      assert.ok((await previousTokens()).includes(String(before.outputs["tokenId"])), "it is owned from then on");
    }
    await pulumi("destroy", "--yes", "--non-interactive", "--skip-preview", "--run-program");
    const { store, adminId } = stack.sandbox;
    const byHand = new Set([adminId, stack.token.id]);
    assert.deepEqual(
      store.all().filter(({ id }) => !byHand.has(id)),
      [],
      "a destroy deletes all",
    );
  });

  it("ends no key where a state from before a rotation is restored, whatever comes next", async () => {
    const file = path.join(stack.workspace.aside, "backup.json");
    await up();
    await pulumi("stack", "export", "--file", file);
    const first = await key();
    await stack.set({ quarter: "2027-Q1" });
    await up();
    const consumers = await key();
    await pulumi("stack", "import", "--file", file);
    const output = await up();
    assert.match(output, /Found \(\w+\): .*It is kept as a previous token/);
    assert.ok([first, consumers, await key()].every(accepts));

    await pulumi("stack", "import", "--file", file);
    await stack.set({ quarter: "2026-Q4" });
    const refreshed = await pulumi("up", "--yes", "--non-interactive", "--skip-preview", "--refresh");
    assert.match(refreshed, /Out of date .*: this resource created/);
    assert.match(refreshed, /Created \(\w+\): .*a newer token of this resource is at LaunchDarkly/);
    assert.ok([first, consumers, await key()].every(accepts));
    assert.ok(![first, consumers].includes(await key()));
  });
});
