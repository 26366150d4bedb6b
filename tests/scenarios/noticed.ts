/** What a plain run, and one with --refresh, notices of a token that is gone; and what a preview can tell of a rename. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { CREATE } from "../support/ownedProvider";
import { createRotationStack, type RotationStack } from "../support/rotationStack";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const ci = new RotatingAccessToken(config.require("resource"), { name: "ci deploys", role: "writer", oldKeyExpiry: "1h" });
export const token = ci.token;
export const tokenId = ci.tokenId;
`;

describe("a token that the stack owns", function () {
  this.timeout(240_000);
  let rotation: RotationStack;
  let id: string;

  beforeEach(async () => {
    rotation = await createRotationStack();
    writeFileSync(path.join(rotation.workspace.folder, "index.ts"), PROGRAM);
    await rotation.set({ resource: "ci" });
    await up();
    id = String((await rotation.stack.outputs())["tokenId"]);
    rotation.newRequests();
  });
  afterEach(() => rotation.stop());

  async function up(...words: string[]): Promise<string> {
    const { status, output } = await rotation.up(...words);
    assert.equal(status, 0, output);
    return output;
  }

  it("is not missed by a plain up when somebody has deleted it; with --refresh another one is there in the same run", async () => {
    const { sandbox, stack } = rotation;
    sandbox.store.delete(id);
    await up("--expect-no-changes");
    assert.deepEqual(rotation.newRequests(), [], "a plain up asks nothing");
    const output = await up("--refresh");
    assert.match(output, /Rotated \(ci\): the token was deleted outside Pulumi\./);
    assert.equal(rotation.newRequests().filter((route) => route === CREATE).length, 1);
    const { token } = await stack.outputs();
    assert.ok(sandbox.store.findByKey(String(token), sandbox.clock.now()));
  });

  it("is said in the preview of another name to be deleted, and stays under an alias", async () => {
    const { sandbox, workspace } = rotation;
    await rotation.set({ resource: "renamed" });
    const preview = await rotation.preview("--diff");
    assert.equal(preview.status, 0, preview.output);
    const warning = new RegExp(`warning: Perhaps a rename \\(renamed\\): the resource "ci" .* same name, ${id} \\(`);
    assert.match(preview.output, warning);
    assert.match(preview.output, /aliases: \[\{ name: "ci" \}\], or this pulumi up deletes that token\./);
    assert.match(preview.output, /After a rename, give aliases, or the old token is deleted\./);

    const aliased = PROGRAM.replace(/oldKeyExpiry: "1h" \}/, 'oldKeyExpiry: "1h" }, { aliases: [{ name: "ci" }] }');
    writeFileSync(path.join(workspace.folder, "index.ts"), aliased);
    assert.doesNotMatch(await up(), /Created|Deleted/);
    assert.ok(sandbox.store.find(id));
  });
});
