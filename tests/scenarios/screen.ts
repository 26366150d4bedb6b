/** What the CLI shows of a rotation, and where. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";

/** A second token, rotated within a component. */
const COMPONENT = `
class Deploys extends pulumi.ComponentResource {
  constructor(name: string) {
    super("shop:Deploys", name);
    new AccessTokenRotation("child", { tokenId: config.require("childId"), oldKeyExpiry: "1h" }, { parent: this });
  }
}
new Deploys("deploys");
`;

/** What stands below the heading of a resource among the diagnostics, phase by phase. */
function said(output: string, resource: string): string[] {
  return [...output.matchAll(new RegExp(`\\(${resource}\\):\\n((?: {4}\\S.*\\n)+)`, "g"))].map(([, lines = ""]) =>
    lines.trim(),
  );
}

describe("what pulumi shows", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  before(async () => {
    rotation = await createRotationStack({ program: COMPONENT, oldKeyExpiry: "1h" });
    await rotation.set({ childId: rotation.sandbox.createToken({ name: "child" }).id });
  });
  after(() => rotation.stop());

  it("is said on each resource's own row, by the preview what will be and by the up what was done, and never stored", async () => {
    const first = await rotation.stack.pulumi("up", "--yes", "--non-interactive");
    assert.equal(first.status, 0, first.output);
    for (const resource of ["ci", "child"]) {
      const [preview = "", up = "", ...others] = said(first.output, resource);
      assert.match(
        preview,
        /^Will reset \(\w+\): first rotation by this stack\. .* To keep the key, give initialToken, or aliases after a rename\.$/,
      );
      assert.match(
        up,
        /^Reset \(\w+\): first rotation by this stack\. The new key ends in \w{4}\. The old key works until \S+Z\.$/,
      );
      assert.deepEqual(others, []);
    }
    assert.deepEqual(said(first.output, "launchdarkly-rotation-quickstart-dev"), [], "nothing on the stack's row");

    const { text, resource } = await rotation.exported();
    const stored = JSON.stringify([resource?.inputs, resource?.outputs]);
    assert.doesNotMatch(stored, /__urn|__preview/);
    // As an older version has left it: the engine keeps the names of all inputs, with what they depend on.
    const older = path.join(rotation.workspace.aside, "older.json");
    const without = text.replace(/"__(?:urn|preview)": (?:\[\]|null),?/g, "");
    assert.doesNotMatch(without, /__urn|__preview/);
    writeFileSync(older, without);
    const imported = await rotation.stack.pulumi("stack", "import", "--file", older);
    assert.equal(imported.status, 0, imported.output);
    const unchanged = await rotation.preview("--diff", "--expect-no-changes");
    assert.equal(unchanged.status, 0, unchanged.output);
    assert.doesNotMatch(unchanged.output, /__urn|__preview/);
    assert.equal((await rotation.up("--expect-no-changes")).status, 0);
  });

  it("is a warning, once, of an admin key that the configuration holds as plain text", async () => {
    const warning = /warning: Not a secret: the configuration holds launchdarkly:accessToken as plain text\./g;
    const count = (output: string) => (output.split("Diagnostics:")[1] ?? "").match(warning)?.length ?? 0;
    const secret = await rotation.preview();
    assert.equal(count(secret.output), 0);
    await rotation.set({ "launchdarkly:accessToken": rotation.sandbox.adminKey });
    const plain = await rotation.preview();
    assert.equal(plain.status, 0, plain.output);
    assert.equal(count(plain.output), 1, plain.output);
    assert.ok(!plain.output.includes(rotation.sandbox.adminKey));
    await rotation.stack.pulumi("config", "rm", "launchdarkly:accessToken");
    const environment = await rotation.preview();
    assert.equal(count(environment.output), 0, "there is none in the configuration");
  });
});
