import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { allKeys, createRotationStack } from "../support/rotationStack";
import { RESET, WHO } from "../support/routes";

const TRIGGER_SECRET = "hunter2-is-a-secret-trigger";

/** A secret among the triggers, as when a rotation follows another secret. */
const PROGRAM = `
new AccessTokenRotation("second", {
  tokenId: config.require("tokenId"),
  triggers: { password: config.requireSecret("password"), quarter: config.require("quarter") },
  oldKeyExpiry: "1h",
});
`;

describe("secrets under pulumi", function () {
  this.timeout(240_000);

  it("are in plain text in no state, no output and no error", async () => {
    const rotation = await createRotationStack({ program: PROGRAM });
    try {
      const { sandbox, stack, token } = rotation;
      await stack.configAll({ secret: { password: TRIGGER_SECRET } });
      await rotation.preview("--diff");
      assert.equal((await rotation.up()).status, 0);
      await rotation.set({ quarter: "2027-Q1" });
      await rotation.preview("--diff");
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "truncate" } });
      sandbox.faults.add({ route: WHO, callerId: token.id, when: "after", fault: { kind: "notJson" }, times: 5 });
      assert.notEqual((await rotation.up()).status, 0);
      await stack.pulumi("refresh", "--yes", "--non-interactive", "--diff");
      assert.equal((await rotation.up("--diff")).status, 0);
      await stack.pulumi("stack", "output");
      await stack.pulumi("stack", "--show-urns");

      const { text, resource } = await rotation.exported();
      assert.equal(typeof resource?.outputs["token"], "object", "the key is a secret in the state");
      const state = filesBelow(rotation.workspace.aside).map((file) => readFileSync(file, "utf8"));
      assert.ok(
        state.some((file) => file.includes(token.id)),
        "the state was read",
      );
      const secrets = [...allKeys(sandbox), sandbox.adminKey, TRIGGER_SECRET];
      assert.ok(secrets.length > 5);
      for (const secret of secrets) {
        for (const place of [text, rotation.printed(), ...state]) assert.ok(!place.includes(secret));
      }
    } finally {
      await rotation.stop();
    }
  });
});

/** Every file of the stack, but not of the packages that are linked in. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? filesBelow(file) : statSync(file).size < 10_000_000 ? [file] : [];
  });
}
