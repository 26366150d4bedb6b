/** Rotation by age, by the example that does it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { blocksIn, page } from "../docs/pages";
import { commands } from "../docs/shell";
import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

const DAY = 86_400_000;

/** A key that is due only an hour later. */
const LATER = `
new AccessTokenRotation("later", {
  tokenId: config.require("laterId"),
  rotateAfter: "${91 * 24 + 1}h",
  oldKeyExpiry: "48h",
});
`;

/** What docs/day-two.md says to let a job run. */
const [alert] = blocksIn([page("docs/day-two.md")], "sh");

async function runAlert({ stack }: RotationStack): Promise<{ readonly status: number | null; readonly said: string }> {
  const [outputs, check, ...others] = commands(alert?.code ?? assert.fail("the page has the command"));
  assert.deepEqual([outputs?.words[0], check?.words[0], others], ["pulumi", "node", []]);
  const { standardOutput } = await stack.pulumi(...(outputs?.words.slice(1) ?? []));
  const words = check?.words.slice(1) ?? [];
  const { status, stdout } = spawnSync(process.execPath, words, {
    cwd: repository,
    input: standardOutput,
    encoding: "utf8",
  });
  return { status, said: stdout };
}

/** Makes the state look as if every rotation had been so much earlier. */
async function age({ stack, workspace, exported }: RotationStack, milliseconds: number): Promise<void> {
  const { text } = await exported();
  const older = text.replace(
    /("(?:lastRotatedAt|oldKeyExpiresAt)": ")([^"]+)/g,
    (_, name: string, instant: string) => name + new Date(Date.parse(instant) - milliseconds).toISOString(),
  );
  assert.notEqual(older, text);
  const file = path.join(workspace.aside, "older.json");
  writeFileSync(file, older);
  const imported = await stack.pulumi("stack", "import", "--file", file);
  assert.equal(imported.status, 0, imported.output);
}

describe("pulumi up on examples/scheduled", function () {
  this.timeout(240_000);

  it("rotates with no edit at the first run after 90 days, says how old the key was, and counts on from there", async () => {
    const rotation = await createRotationStack({ example: "scheduled", program: LATER });
    try {
      await rotation.set({ laterId: rotation.sandbox.createToken({ name: "later" }).id });
      const first = await rotation.up();
      assert.equal(first.status, 0, first.output);
      await age(rotation, 91 * DAY);
      rotation.newRequests();

      const preview = await rotation.preview();
      assert.equal(preview.status, 0, preview.output);
      assert.match(
        preview.output,
        /Will reset \(\w+\): 91 days old, rotateAfter is 90d\. The current key \(ending in \w{4}\) keeps working for 2 days\./,
      );
      assert.doesNotMatch(preview.output, /\(later\):/);
      const refreshed = [GET_TOKEN, GET_TOKEN];
      assert.deepEqual(rotation.newRequests(), [...refreshed, WHO, GET_TOKEN, GET_TOKEN], "a preview changes nothing");
      const due = await rotation.up();
      assert.equal(due.status, 0, due.output);
      assert.deepEqual(rotation.newRequests(), [...refreshed, WHO, RESET, WHO]);
      const outputs = await rotation.stack.outputs();
      assert.equal(outputs["lastRotationReason"], "91 days old, rotateAfter is 90d");
      assert.equal(outputs["token"], rotation.currentKey());

      const next = await rotation.up("--expect-no-changes");
      assert.equal(next.status, 0, next.output);
      assert.deepEqual(rotation.newRequests(), refreshed, "one rotation, however late; and each run refreshes");
    } finally {
      await rotation.stop();
    }
  });

  it("is missed by the check of docs/day-two.md when it does not come, and no more once it has", async () => {
    const rotation = await createRotationStack({ example: "scheduled" });
    try {
      assert.equal((await rotation.up()).status, 0);
      assert.equal((await runAlert(rotation)).status, 0);
      await age(rotation, 93 * DAY);
      const missed = await runAlert(rotation);
      assert.equal(missed.status, 1);
      assert.match(missed.said, /^Nothing has rotated the key since .*: that is more than 92 days\./);
      assert.equal((await rotation.up()).status, 0);
      assert.equal((await runAlert(rotation)).status, 0);
    } finally {
      await rotation.stop();
    }
  });
});
