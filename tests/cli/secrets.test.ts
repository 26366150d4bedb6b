/** Where keys and secret triggers must not be in plain text, whatever a run does: everywhere. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";

import { descendants } from "../../tools/stack/processTree";
import { filesBelow } from "../support/filesBelow";
import { allKeys, createRotationStack, type RotationStack } from "../support/rotationStack";
import { RESET, WHO } from "../support/routes";

const TRIGGER_SECRETS = ["hunter2-is-a-secret-trigger", "hunter3-is-the-next-one"] as const;

/** A secret among the triggers, as when a rotation follows another secret. */
const PROGRAM = `
new AccessTokenRotation("second", {
  tokenId: config.require("secondId"),
  triggers: { password: config.requireSecret("password"), quarter: config.require("quarter") },
  oldKeyExpiry: "1h",
});
`;

describe("secrets under pulumi", function () {
  this.timeout(240_000);

  it("are in plain text in no state, no output, no error and no process's arguments", async () => {
    const rotation = await createRotationStack({ program: PROGRAM });
    try {
      const { sandbox, stack, token } = rotation;
      const second = sandbox.createToken({ name: "second" });
      await rotation.set({ secondId: second.id });
      await stack.configAll({ secret: { password: TRIGGER_SECRETS[0] } });
      await rotation.preview("--diff");
      const { printed, commands } = await watchedUp(rotation);
      await rotation.set({ quarter: "2027-Q1" });
      await stack.configAll({ secret: { password: TRIGGER_SECRETS[1] } });
      const why = await rotation.preview("--diff");
      assert.match(why.output, /Will reset \(\w+\): triggers\.password changed, triggers\.quarter changed\./);
      await failAndHeal(rotation, [token.id, second.id]);
      await stack.pulumi("stack", "output");
      await stack.pulumi("stack", "--show-urns");

      const { text, resource } = await rotation.exported();
      assert.equal(typeof resource?.outputs["token"], "object", "the key is a secret in the state");
      const state = filesBelow(rotation.workspace.aside).map((file) => readFileSync(file, "utf8"));
      assert.ok(
        state.some((file) => file.includes(token.id)),
        "the state was read",
      );
      const secrets = [...allKeys(sandbox), sandbox.adminKey, ...TRIGGER_SECRETS];
      assert.ok(secrets.length > 5);
      for (const secret of secrets) {
        for (const place of [text, printed, rotation.printed(), ...commands, ...state]) {
          assert.ok(!place.includes(secret));
        }
      }
    } finally {
      await rotation.stop();
    }
  });
});

/** An up that succeeds: what it prints, and the arguments of the processes that it has started. */
async function watchedUp({ sandbox, stack }: RotationStack): Promise<{ printed: string; commands: string[] }> {
  const child = stack.start("up", "--yes", "--non-interactive", "--skip-preview");
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, "close");
  await once(sandbox.events, "processed");
  const commands = descendants(child.pid ?? 0).map(({ command }) => command);
  assert.ok(commands.length >= 3, commands.join("\n"));
  assert.deepEqual(await ended, [0, null]);
  return { printed, commands };
}

/** An up that loses an answer and can't verify a key, a refresh, and an up that heals it. */
async function failAndHeal(rotation: RotationStack, tokenIds: readonly string[]): Promise<void> {
  const { sandbox, stack } = rotation;
  sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "truncate" } });
  // Either token may be the one whose answer is lost; the other's key then can't be verified.
  for (const callerId of tokenIds) {
    sandbox.faults.add({ route: WHO, callerId, when: "after", fault: { kind: "notJson" }, times: 5 });
  }
  assert.notEqual((await rotation.up()).status, 0);
  await stack.pulumi("refresh", "--yes", "--non-interactive", "--diff");
  // How many of the faults are left depends on where the answer is cut: with the key in it, or before it.
  sandbox.faults.clear();
  const healed = await rotation.up("--diff");
  assert.equal(healed.status, 0, healed.output);
}
