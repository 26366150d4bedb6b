import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { descendants } from "../../tools/stack/processTree";
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

  it("are in the engine's own debug log, which the provider adds nothing to", async () => {
    const rotation = await createRotationStack();
    try {
      const { sandbox } = rotation;
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "truncate" } });
      const failed = await rotation.up("-v=9", "--logtostderr");
      assert.notEqual(failed.status, 0);
      const up = await rotation.up("-v=9", "--logtostderr");
      assert.equal(up.status, 0);
      const secrets = [...allKeys(sandbox), sandbox.adminKey];
      const showing = (text: string) =>
        text.split("\n").filter((line) => secrets.some((secret) => line.includes(secret)));
      // The engine's log lines are JSON; what they tell of is what it sends to a provider and gets from it.
      const lines = showing(failed.output + up.output);
      assert.ok(lines.length > 0, "the engine does log what a provider receives, as the documentation says");
      for (const line of lines)
        assert.match(line, /^\{"time":.*(?:arshaling property for RPC|Planner decided|RPC finished)/);
    } finally {
      await rotation.stop();
    }
  });

  it("are in PULUMI_DEBUG_GRPC's log of the calls that carry them, and in no other call", async () => {
    const grpcLog = path.join(os.tmpdir(), `grpc-${randomUUID()}.json`);
    const rotation = await createRotationStack({ environment: { PULUMI_DEBUG_GRPC: grpcLog } });
    try {
      assert.equal((await rotation.up()).status, 0);
      const secrets = [...allKeys(rotation.sandbox), rotation.sandbox.adminKey];
      const calls = readFileSync(grpcLog, "utf8").split("\n");
      const methodsShowing = calls
        .filter((call) => secrets.some((secret) => call.includes(secret)))
        .map((call) => (JSON.parse(call) as { method: string }).method);
      assert.ok(methodsShowing.length > 0, "Pulumi logs the calls as they are, as the documentation says");
      for (const method of methodsShowing)
        assert.match(method, /^\/pulumirpc\.(?:ResourceProvider|ResourceMonitor|LanguageRuntime)\//);
    } finally {
      rmSync(grpcLog, { force: true });
      await rotation.stop();
    }
  });

  it("are in no process's arguments", async () => {
    const rotation = await createRotationStack();
    try {
      const { sandbox, stack } = rotation;
      const child = stack.start("up", "--yes", "--non-interactive", "--skip-preview");
      await once(sandbox.events, "processed");
      const commands = descendants(child.pid ?? 0).map(({ command }) => command);
      await once(child.stdout.resume(), "close");
      assert.ok(commands.length >= 3, commands.join("\n"));
      for (const secret of [...allKeys(sandbox), sandbox.adminKey]) assert.ok(!commands.join("\n").includes(secret));
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
