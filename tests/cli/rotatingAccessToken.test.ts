/** A token that the stack owns under the real CLI: its life. */
import assert from "node:assert/strict";

import { CREATE, DELETE, LIST, PATCH } from "../support/ownedProvider";
import { createOwnedTokenStack, type OwnedTokenStack } from "../support/ownedTokenStack";
import { allKeys, type ExportedResource } from "../support/rotationStack";
import { GET_TOKEN, WHO } from "../support/routes";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const owned = new RotatingAccessToken("ci", {
  name: "ci deploys",
  role: config.get("role") ?? "writer",
  triggers: { quarter: config.require("quarter") },
  oldKeyExpiry: config.get("oldKeyExpiry"),
});
export const token = owned.token;
export const lastFour = owned.tokenLastFour;
`;

describe("pulumi up on a stack that owns its access token", function () {
  this.timeout(300_000);
  let stack: OwnedTokenStack;

  beforeEach(async () => {
    stack = await createOwnedTokenStack(PROGRAM);
  });
  afterEach(() => stack.stop());

  const up = () => stack.succeed("up", "--yes", "--non-interactive", "--skip-preview");

  async function assertCreated(): Promise<ExportedResource> {
    const preview = await stack.preview("--diff");
    assert.equal(preview.status, 0, preview.output);
    assert.match(preview.output, /Will create \(\w+\): access token "ci deploys"/);
    assert.deepEqual(stack.newRequests(), [WHO, GET_TOKEN, LIST], "and which tokens may have been its own");
    await up();
    assert.deepEqual(stack.newRequests(), [WHO, LIST, CREATE, WHO]);
    const first = await stack.resource();
    assert.match(first.id, /^[0-9a-f]{16}$/);
    const unchanged = await stack.up("--expect-no-changes");
    assert.equal(unchanged.status, 0, unchanged.output);
    assert.deepEqual(stack.newRequests(), []);
    return first;
  }

  /** @returns the id of the new token */
  async function assertRotated(first: ExportedResource): Promise<string> {
    const firstKey = await stack.key();
    await stack.set({ quarter: "2027-Q1" });
    const due = await stack.preview("--diff");
    assert.match(
      due.output,
      /Will rotate \(\w+\): triggers\.quarter changed\. The current key \(ending in \w{4}\) keeps working for 1 day/,
    );
    assert.deepEqual(stack.newRequests(), [WHO, GET_TOKEN, LIST]);
    assert.match(await up(), /Rotated \(\w+\): triggers\.quarter changed\. The new key ends in \w{4}\./);
    assert.deepEqual(stack.newRequests(), [WHO, LIST, CREATE, WHO, PATCH]);
    const second = await stack.resource();
    assert.equal(second.id, first.id);
    assert.notEqual(second.outputs["tokenId"], first.outputs["tokenId"]);
    assert.ok(stack.accepts(firstKey) && stack.accepts(await stack.key()));
    const [previous] = second.outputs["previousTokens"] as { id: string; expiresAt: string }[];
    assert.equal(previous?.id, first.outputs["tokenId"]);
    assert.equal(Date.parse(String(previous?.expiresAt)), stack.sandbox.store.find(String(previous?.id))?.expiry);
    return String(second.outputs["tokenId"]);
  }

  async function assertPreviousEnded(firstKey: string): Promise<void> {
    await stack.set({ oldKeyExpiry: "immediate" });
    const output = await up();
    assert.match(output, /Deleted \(\w+\): the previous token \w+ \(ending in \w{4}\)\. Its key is dead/);
    assert.deepEqual(stack.newRequests(), [WHO, GET_TOKEN, DELETE]);
    assert.ok(!stack.accepts(firstKey) && stack.accepts(await stack.key()));
  }

  async function assertEdited(id: string): Promise<void> {
    const before = await stack.key();
    await stack.set({ role: "reader" });
    await up();
    assert.deepEqual(stack.newRequests(), [PATCH]);
    assert.equal(await stack.key(), before);
    assert.equal(stack.sandbox.store.find(id)?.role, "reader");
  }

  async function assertSetBack(id: string): Promise<void> {
    const { store } = stack.sandbox;
    store.save({ ...(store.find(id) ?? assert.fail()), role: "admin" });
    const refresh = await stack.stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview");
    assert.equal(refresh.status, 0, refresh.output);
    assert.match(refresh.output, /Changed outside Pulumi \(access token "ci deploys", \w+\): role reader → admin/);
    stack.newRequests();
    await up();
    assert.deepEqual(stack.newRequests(), [PATCH]);
    assert.equal(store.find(id)?.role, "reader");
  }

  it("creates it, rotates it, ends the one before, edits it, refreshes and destroys it, and prints no key", async () => {
    const { sandbox } = stack;
    const seen = new Set<string>();
    sandbox.events.on("processed", () => {
      for (const one of allKeys(sandbox)) seen.add(one);
    });
    const first = await assertCreated();
    const firstKey = await stack.key();
    const id = await assertRotated(first);
    await assertPreviousEnded(firstKey);
    await assertEdited(id);
    await assertSetBack(id);
    const { text } = await stack.exported();
    const destroy = await stack.stack.pulumi("destroy", "--yes", "--non-interactive", "--skip-preview");
    assert.equal(destroy.status, 0, destroy.output);
    assert.match(destroy.output, /Deleted at LaunchDarkly \(access token .*\): \w+ \(ending in \w{4}\)/);
    assert.deepEqual(stack.marked(), []);
    for (const one of seen) assert.ok(!(text + stack.printed()).includes(one), "a key is printed or in plain text");
  });
});
