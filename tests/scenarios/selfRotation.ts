/** A stack that rotates the token it authenticates with. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { blocksIn, page } from "../docs/pages";
import { createRotationStack } from "../support/rotationStack";
import { RESET } from "../support/routes";
import { typeBlock } from "../support/typeBlock";

/** What the page says to type after the rotation. */
const [afterwards] = blocksIn([page("docs/access-token-rotation.md")], "sh");

/** Rotates a token, then the one that the stack authenticates with, and then another one. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const rotation = new AccessTokenRotation("ci", {
  tokenId: config.require("tokenId"),
  triggers: { quarter: config.require("quarter") },
  oldKeyExpiry: "24h",
});
const own = new AccessTokenRotation("own", {
  tokenId: config.require("adminId"),
  triggers: { quarter: config.require("quarter") },
  oldKeyExpiry: "30m",
  allowSelfRotation: config.requireBoolean("allowSelfRotation"),
}, { dependsOn: rotation });
export const token = own.token;
new AccessTokenRotation("later", {
  tokenId: config.require("laterId"),
  oldKeyExpiry: "1h",
  triggers: { quarter: config.require("quarter") },
}, { dependsOn: own });
`;

describe("pulumi up on a stack that rotates the token it authenticates with", function () {
  this.timeout(240_000);

  it("refuses; when allowed goes on with the new key; and goes on with the configuration given that key", async () => {
    const rotation = await createRotationStack();
    writeFileSync(path.join(rotation.workspace.folder, "index.ts"), PROGRAM);
    try {
      const { sandbox, stack } = rotation;
      const later = sandbox.createToken({ name: "later" });
      await rotation.set({ adminId: sandbox.adminId, laterId: later.id, allowSelfRotation: "false" });
      const refused = await rotation.up();
      assert.notEqual(refused.status, 0);
      assert.match(refused.output, /Not reset \(.+?\): this is the token that .* would lock this stack out/);
      assert.equal(rotation.resets(), 1, "only the token before it");

      await rotation.set({ allowSelfRotation: "true" });
      const allowed = await rotation.up();
      assert.equal(allowed.status, 0, allowed.output);
      assert.match(
        allowed.output,
        /The configured key dies at [\d:.TZ-]+\. Before that, put the new one \(ending in \w{4}\) into/,
      );
      const ownKey = sandbox.store.find(sandbox.adminId)?.keys[0].value;
      assert.equal((await stack.outputs())["token"], ownKey);
      const resets = sandbox.requests.filter(({ route }) => route === RESET);
      assert.equal(resets.at(-1)?.keyEnding, ownKey?.slice(-4), "the token after it is reset with the new key");

      // What the message asks for, and then the old key's end.
      await typeBlock(stack, afterwards?.code ?? assert.fail());
      sandbox.clock.move(45 * 60_000);
      await rotation.set({ quarter: "2027-Q1" });
      const next = await rotation.up();
      assert.equal(next.status, 0, next.output);
      assert.equal(rotation.resets(), 6);
      assert.ok(!rotation.printed().includes(String(ownKey)));
    } finally {
      await rotation.stop();
    }
  });
});
