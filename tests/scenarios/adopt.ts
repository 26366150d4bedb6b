/** Taking over a key that is in use, by the example that does it. */
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, WHO } from "../support/routes";

/** Another take-over, of a key that the program does not mark as a secret. */
const PLAIN = `
new AccessTokenRotation("plain", { tokenId: config.require("plainId"), initialToken: config.get("plainKey") });
`;

describe("pulumi up on examples/adopt", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  beforeEach(async () => {
    rotation = await createRotationStack({ example: "adopt", secrets: (_, { key }) => ({ initialToken: key }) });
  });
  afterEach(() => rotation.stop());

  it("takes over the key in use without a reset, keeps it secret, and rotates when a trigger changes", async () => {
    const { sandbox, stack, token, workspace } = rotation;
    appendFileSync(path.join(workspace.folder, "index.ts"), PLAIN);
    const plain = sandbox.createToken({ name: "plain" });
    await rotation.set({ plainId: plain.id });
    await stack.configAll({ secret: { plainKey: plain.key } });
    const preview = await rotation.preview("--diff");
    assert.equal(preview.status, 0, preview.output);
    assert.match(preview.output, /Will take over \(\w+\): the key given as initialToken, without a reset/);
    assert.deepEqual(rotation.newRequests().sort(), [WHO, GET_TOKEN, GET_TOKEN].sort(), "a preview changes nothing");

    const first = await rotation.up("--diff");
    assert.equal(first.status, 0, first.output);
    assert.deepEqual(rotation.newRequests().sort(), [WHO, WHO, GET_TOKEN, GET_TOKEN].sort());
    assert.deepEqual(await stack.outputs(), { token: token.key, rotationCount: 0 });

    await stack.pulumi("config", "rm", "initialToken");
    const removed = await rotation.up("--expect-no-changes");
    assert.equal(removed.status, 0, removed.output);
    assert.deepEqual(rotation.newRequests(), []);

    await rotation.set({ quarter: "2027-Q1" });
    const rotated = await rotation.up("--diff");
    assert.equal(rotated.status, 0, rotated.output);
    assert.equal(rotation.resets(), 1);
    assert.deepEqual(await stack.outputs(), { token: rotation.currentKey(), rotationCount: 1 });
    const { text } = await rotation.exported();
    assert.ok(text.includes(plain.id));
    for (const key of [token.key, plain.key, rotation.currentKey() ?? ""]) {
      for (const place of [text, rotation.printed()]) assert.ok(!place.includes(key));
    }
  });

  it("refuses another token's key, and recovers a stack whose state was lost", async () => {
    const { sandbox, stack, token } = rotation;
    await stack.configAll({ secret: { initialToken: sandbox.createToken().key } });
    const refused = await rotation.up();
    assert.notEqual(refused.status, 0);
    assert.match(refused.output, /Not taken over \(\w+\): the key api-…\w{4} belongs to another one \(\w+\)/);
    assert.equal((await rotation.exported()).resource, undefined);

    await stack.configAll({ secret: { initialToken: token.key } });
    const lost = await rotation.up();
    assert.equal(lost.status, 0, lost.output);
    const urn = (await rotation.exported()).resource?.urn ?? "";
    assert.equal((await stack.pulumi("state", "delete", "--yes", urn)).status, 0);
    const recovered = await rotation.up();
    assert.equal(recovered.status, 0, recovered.output);
    assert.equal((await stack.outputs())["token"], token.key);
    assert.equal(rotation.resets(), 0);
  });
});
