/**
 * A token that the stack owns under the real CLI, where the engine replaces its resource, or an older state comes back: the
 * keys that people hold keep working.
 */
import assert from "node:assert/strict";
import path from "node:path";

import { createOwnedTokenStack, type OwnedTokenStack } from "../support/ownedTokenStack";

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
  let stack: OwnedTokenStack;

  beforeEach(async () => {
    stack = await createOwnedTokenStack(PROGRAM);
  });
  afterEach(() => stack.stop());

  const up = (...words: string[]) => stack.succeed("up", "--yes", "--non-interactive", "--skip-preview", ...words);
  const previousTokens = async () => {
    const { outputs } = await stack.resource();
    return (outputs["previousTokens"] as { id: string; expiresAt: string | null }[]).map(({ id }) => id);
  };

  it("leaves the key that people hold its grace: --replace, a taint, and another serviceToken", async () => {
    await up();
    const { urn } = await stack.resource();
    for (const replace of [
      () => up("--replace", urn),
      async () => {
        await stack.succeed("state", "taint", urn, "--yes");
        return up();
      },
      async () => {
        await stack.set({ serviceToken: "false" });
        return up();
      },
    ]) {
      const [held, before] = [await stack.key(), await stack.resource()];
      const output = await replace();
      const after = await stack.resource();
      assert.notEqual(after.id, before.id);
      assert.ok(stack.accepts(held) && stack.accepts(await stack.key()));
      assert.notEqual(await stack.key(), held);
      assert.match(output, new RegExp(`Handed on.*: ${String(before.outputs["tokenId"])} .* works until 20`));
      await up();
      assert.ok((await previousTokens()).includes(String(before.outputs["tokenId"])), "it is owned from then on");
    }
    await stack.succeed("destroy", "--yes", "--non-interactive", "--skip-preview", "--run-program");
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
    await stack.succeed("stack", "export", "--file", file);
    const first = await stack.key();
    await stack.set({ quarter: "2027-Q1" });
    await up();
    const consumers = await stack.key();
    await stack.succeed("stack", "import", "--file", file);
    const output = await up();
    assert.match(output, /Found \(\w+\): .*It is kept as a previous token/);
    assert.ok([first, consumers, await stack.key()].every(stack.accepts));

    await stack.succeed("stack", "import", "--file", file);
    await stack.set({ quarter: "2026-Q4" });
    const refreshed = await stack.succeed("up", "--yes", "--non-interactive", "--skip-preview", "--refresh");
    assert.match(refreshed, /Out of date .*: this resource created/);
    assert.match(refreshed, /Rotated \(\w+\): .*a newer token of this resource is at LaunchDarkly/);
    assert.ok([first, consumers, await stack.key()].every(stack.accepts));
    assert.ok(![first, consumers].includes(await stack.key()));
  });
});
