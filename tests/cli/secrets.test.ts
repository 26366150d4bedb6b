/** Where keys and secret triggers show: in no state, no output and no error, whatever goes wrong. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { descendants } from "../../tools/stack/processTree";
import { everyFault } from "../support/everyFault";
import { allKeys, createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

const TRIGGER_SECRETS = ["hunter2-is-a-secret-trigger", "hunter3-is-the-next-one"] as const;

/** A secret among the triggers, as when a rotation follows another secret. */
const PROGRAM = `
new AccessTokenRotation("second", {
  tokenId: config.require("secondId"),
  triggers: { password: config.requireSecret("password"), quarter: config.require("quarter") },
  oldKeyExpiry: "1h",
});
`;

/** As many resources as suffer the faults at the same time. */
const RESOURCES = 12;
const MANY = `
import { findAccessToken } from "pulumi-launchdarkly-rotation";
for (const [index, tokenId] of config.requireObject<string[]>("tokenIds").entries()) {
  new AccessTokenRotation(tokenId, {
    tokenId,
    triggers: { quarter: config.require("quarter") },
    oldKeyExpiry: index % 2 === 0 ? "1h" : "immediate",
  });
}
const wrongKey = config.getSecret("wrongKey");
if (wrongKey) {
  new AccessTokenRotation("another one's key", { tokenId: config.require("otherId"), initialToken: wrongKey });
  new AccessTokenRotation("the stack's own token", { tokenId: config.require("adminId") });
  new AccessTokenRotation("found by name", { tokenId: findAccessToken({ name: "nobody's" }).then(({ id }) => id) });
}
`;

/** More than the faults can fail. */
const MOST_UPS = 12;

const LOGGING = ["-v=9", "--logtostderr"];

describe("secrets under pulumi", function () {
  this.timeout(240_000);

  it("are in plain text in no state, no output, no error and no process's arguments", async () => {
    const rotation = await createRotationStack({ program: PROGRAM });
    try {
      const { sandbox, token } = rotation;
      const places = await everythingThatShows(rotation);
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
        for (const place of [text, rotation.printed(), ...places, ...state]) {
          assert.ok(!place.includes(secret));
        }
      }
    } finally {
      await rotation.stop();
    }
  });

  it("are in the engine's own debug logs of the calls that carry them, and nowhere else, whatever goes wrong", async () => {
    const grpcLog = path.join(os.tmpdir(), `grpc-${randomUUID()}.json`);
    const rotation = await createRotationStack({
      program: MANY,
      environment: { PULUMI_DEBUG_GRPC: grpcLog, LAUNCHDARKLY_HTTP_TIMEOUT: "3" },
    });
    try {
      const { sandbox } = rotation;
      const tokens = Array.from({ length: RESOURCES }, (_, index) => sandbox.createToken({ name: `token ${index}` }));
      await rotation.set({ tokenIds: JSON.stringify(tokens.map(({ id }) => id)) });
      const { display, log } = await everyFaultOnce(rotation, tokens);
      const secrets = [...allKeys(sandbox), sandbox.adminKey];
      const isShown = (text: string) => secrets.some((secret) => text.includes(secret));
      assert.ok(!isShown(display), "what the CLI displays shows no key");
      const paths = [
        /Reset, but the new key is lost: LaunchDarkly's answer was lost/,
        /Not taken over: the key api-…\w{4} belongs to another one/,
        /Not reset: this is the token that launchdarkly:accessToken .* authenticates with/,
        /No access token is called "nobody's"/,
      ];
      for (const path of paths) assert.match(display, path);
      assertOnlyCallsShow(log.split("\n").filter(isShown));

      const calls = readFileSync(grpcLog, "utf8").split("\n").filter(isShown).map(parseCall);
      assert.ok(calls.length > 0, "Pulumi logs the calls as they are, as the documentation says");
      for (const { method, errors, metadata } of calls) {
        assert.match(method, /^\/pulumirpc\.(?:ResourceProvider|ResourceMonitor|LanguageRuntime)\//);
        assert.ok(!isShown(JSON.stringify([errors, metadata])), `no error of ${method} shows a key`);
      }
      for (const file of filesBelow(rotation.workspace.aside)) assert.ok(!isShown(readFileSync(file, "utf8")), file);
    } finally {
      rmSync(grpcLog, { force: true });
      await rotation.stop();
    }
  });
});

/** Lives through rotations, one of them with faults. What an `up` prints, and the arguments of its processes. */
async function everythingThatShows(rotation: RotationStack): Promise<string[]> {
  const { sandbox, stack, token } = rotation;
  const second = sandbox.createToken({ name: "second" });
  await rotation.set({ secondId: second.id });
  await stack.configAll({ secret: { password: TRIGGER_SECRETS[0] } });
  await rotation.preview("--diff");
  const child = stack.start("up", "--yes", "--non-interactive", "--skip-preview");
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, "close");
  await once(sandbox.events, "processed");
  const commands = descendants(child.pid ?? 0).map(({ command }) => command);
  assert.ok(commands.length >= 3, commands.join("\n"));
  assert.deepEqual(await ended, [0, null]);
  await rotation.set({ quarter: "2027-Q1" });
  await stack.configAll({ secret: { password: TRIGGER_SECRETS[1] } });
  const why = await rotation.preview("--diff");
  assert.match(why.output, /Will reset: triggers\.password changed, triggers\.quarter changed\./);
  sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "truncate" } });
  // Either token may be the one whose answer is lost; the other's key then can't be verified.
  for (const { id } of [token, second]) {
    sandbox.faults.add({ route: WHO, callerId: id, when: "after", fault: { kind: "notJson" }, times: 5 });
  }
  assert.notEqual((await rotation.up()).status, 0);
  await stack.pulumi("refresh", "--yes", "--non-interactive", "--diff");
  // How many of the faults are left depends on where the answer is cut: with the key in it, or before it.
  sandbox.faults.clear();
  const healed = await rotation.up("--diff");
  assert.equal(healed.status, 0, healed.output);
  await stack.pulumi("stack", "output");
  await stack.pulumi("stack", "--show-urns");
  return [printed, ...commands];
}

/** Every fault of every request once, in ups and a refresh: what the CLI displays, and what the engine logs. */
async function everyFaultOnce(rotation: RotationStack, tokens: readonly { readonly id: string }[]) {
  const { sandbox, stack, token } = rotation;
  let display = "";
  let log = "";
  const upUntilItSucceeds = async () => {
    for (let ups = 1; ; ups++) {
      const { status, standardOutput, standardError } = await rotation.up(...LOGGING, "--continue-on-error");
      display += standardOutput;
      log += standardError;
      if (status === 0) return;
      assert.ok(ups < MOST_UPS, "the faults come to an end");
    }
  };
  /** A request without a fault comes only after all of them, so every one happens before the run succeeds. */
  const planEveryFault = (route: string) => {
    const faults = everyFault([sandbox.adminKey, ...allKeys(sandbox)]);
    for (const fault of faults) sandbox.faults.add({ route, ...fault });
    return faults.length;
  };
  const happened = (route: string) => sandbox.requests.filter((one) => one.route === route && one.fault).length;

  const lookUps = planEveryFault(GET_TOKEN);
  sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "truncate" }, times: 3 });
  await upUntilItSucceeds();
  assert.equal(happened(GET_TOKEN), lookUps);

  await rotation.set({ quarter: "2027-Q1" });
  const resets = planEveryFault(RESET);
  const keys = [token, ...tokens];
  for (const [index, fault] of everyFault([sandbox.adminKey, ...allKeys(sandbox)]).entries()) {
    sandbox.faults.add({ route: WHO, callerId: keys[index % keys.length]?.id ?? "", ...fault });
  }
  await upUntilItSucceeds();
  assert.equal(happened(RESET), 3 + resets);
  assert.ok(happened(WHO) > keys.length);

  const refreshed = planEveryFault(GET_TOKEN);
  const seen = happened(GET_TOKEN);
  const refresh = await stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview", ...LOGGING);
  const others = { adminId: sandbox.adminId, otherId: sandbox.createToken({ name: "other" }).id };
  await stack.configAll({ secret: { wrongKey: sandbox.adminKey }, plaintext: others });
  sandbox.faults.clear();
  const refused = await rotation.up(...LOGGING, "--continue-on-error");
  for (const { standardOutput, standardError } of [refresh, refused]) {
    display += standardOutput;
    log += standardError;
  }
  assert.ok(happened(GET_TOKEN) - seen > refreshed / 2);
  return { display, log };
}

/** The engine's log lines are JSON; what they tell of is what it sends to a provider and gets from it. */
function assertOnlyCallsShow(lines: readonly string[]): void {
  assert.ok(lines.length > 0, "the engine does log what a provider receives, as the documentation says");
  for (const line of lines) {
    assert.match(line, /^\{"time":.*(?:arshaling property for RPC|Planner decided|RPC finished: [^;]*; err: null,)/);
  }
}

/** Every file of the stack, but not of the packages that are linked in. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? filesBelow(file) : statSync(file).size < 10_000_000 ? [file] : [];
  });
}

/** A line of PULUMI_DEBUG_GRPC's log. */
function parseCall(line: string) {
  return JSON.parse(line) as { method: string; errors?: string[]; metadata?: unknown };
}
