/** What the engine logs when it is asked to log everything: keys in its own records of calls, and nowhere else. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import type { CommandResult } from "../../tools/stack/stack";
import { everyFault } from "../support/everyFault";
import { filesBelow } from "../support/filesBelow";
import { allKeys, createRotationStack, type RotationStack } from "../support/rotationStack";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

/** As many resources as suffer the faults at the same time. */
const RESOURCES = 24;
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

/** What must have happened to somebody. */
const PATHS = [
  /Reset, but the new key is lost \(.+?\): LaunchDarkly's answer was lost/,
  /Not taken over \(.+?\): the key api-…\w{4} belongs to another one/,
  /Not reset \(.+?\): this is the token that launchdarkly:accessToken .* authenticates with/,
  /No access token is called "nobody's"/,
];

const LOGGING = ["-v=9", "--logtostderr"];

describe("secrets in the debug logs of pulumi", function () {
  this.timeout(240_000);
  let grpcLog: string;
  let rotation: RotationStack;
  /** What the CLI displays, and what the engine logs. */
  let display = "";
  let log = "";

  before(async () => {
    grpcLog = path.join(os.tmpdir(), `grpc-${randomUUID()}.json`);
    rotation = await createRotationStack({
      program: MANY,
      environment: { PULUMI_DEBUG_GRPC: grpcLog, LAUNCHDARKLY_HTTP_TIMEOUT: "3" },
    });
  });
  after(async () => {
    rmSync(grpcLog, { force: true });
    await rotation.stop();
  });

  function note({ standardOutput, standardError }: CommandResult): void {
    display += standardOutput;
    log += standardError;
  }
  const up = () => rotation.up(...LOGGING, "--continue-on-error");
  async function upUntilItSucceeds(): Promise<void> {
    for (let ups = 1; ; ups++) {
      const result = await up();
      note(result);
      if (result.status === 0) return;
      assert.ok(ups < MOST_UPS, "the faults come to an end");
    }
  }
  const faultsNow = () => everyFault([rotation.sandbox.adminKey, ...allKeys(rotation.sandbox)]);
  /** A request without a fault comes only after all of them, so every one happens before the run succeeds. */
  function planEveryFault(route: string): number {
    const faults = faultsNow();
    for (const fault of faults) rotation.sandbox.faults.add({ route, ...fault });
    return faults.length;
  }
  const happened = (route: string) =>
    rotation.sandbox.requests.filter((one) => one.route === route && one.fault).length;

  /** Creations and rotations that meet every fault. */
  async function suffer(tokenIds: readonly string[]): Promise<void> {
    const { sandbox } = rotation;
    const lookUps = planEveryFault(GET_TOKEN);
    sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "truncate" }, times: 3 });
    await upUntilItSucceeds();
    assert.equal(happened(GET_TOKEN), lookUps);

    await rotation.set({ quarter: "2027-Q1" });
    const resets = planEveryFault(RESET);
    for (const [index, fault] of faultsNow().entries()) {
      sandbox.faults.add({ route: WHO, callerId: tokenIds[index % tokenIds.length] ?? "", ...fault });
    }
    await upUntilItSucceeds();
    assert.equal(happened(RESET), 3 + resets);
    assert.ok(happened(WHO) > tokenIds.length);
  }

  /** A refresh that meets every fault, and resources that are refused. */
  async function beRefused(): Promise<void> {
    const { sandbox, stack } = rotation;
    const refreshed = planEveryFault(GET_TOKEN);
    const seen = happened(GET_TOKEN);
    note(await stack.pulumi("refresh", "--yes", "--non-interactive", "--skip-preview", ...LOGGING));
    const others = { adminId: sandbox.adminId, otherId: sandbox.createToken({ name: "other" }).id };
    await stack.configAll({ secret: { wrongKey: sandbox.adminKey }, plaintext: others });
    sandbox.faults.clear();
    note(await up());
    assert.ok(happened(GET_TOKEN) - seen > refreshed / 2);
  }

  it("are in the engine's records of the calls that carry them, and nowhere else, whatever goes wrong", async () => {
    const { sandbox, token } = rotation;
    const tokens = Array.from({ length: RESOURCES }, (_, index) => sandbox.createToken({ name: `token ${index}` }));
    await rotation.set({ tokenIds: JSON.stringify(tokens.map(({ id }) => id)) });
    await suffer([token, ...tokens].map(({ id }) => id));
    await beRefused();

    // Keys have no character that means something to a pattern.
    const secret = new RegExp([...allKeys(sandbox), sandbox.adminKey].join("|"));
    const isShown = (text: string) => secret.test(text);
    assert.ok(!isShown(display), "what the CLI displays shows no key");
    for (const path of PATHS) assert.match(display, path);
    // The engine's log lines are JSON; what they tell of is what it sends to a provider and gets from it.
    const lines = log.split("\n").filter(isShown);
    assert.ok(lines.length > 0, "the engine does log what a provider receives, as the documentation says");
    for (const line of lines) {
      assert.match(line, /^\{"time":.*(?:arshaling property for RPC|Planner decided|RPC finished: [^;]*; err: null,)/);
    }
    const calls = readFileSync(grpcLog, "utf8").split("\n").filter(isShown).map(parseCall);
    assert.ok(calls.length > 0, "Pulumi logs the calls as they are, as the documentation says");
    for (const { method, errors, metadata } of calls) {
      assert.match(method, /^\/pulumirpc\.(?:ResourceProvider|ResourceMonitor|LanguageRuntime)\//);
      assert.ok(!isShown(JSON.stringify([errors, metadata])), `no error of ${method} shows a key`);
    }
    for (const file of filesBelow(rotation.workspace.aside)) assert.ok(!isShown(readFileSync(file, "utf8")), file);
  });
});

/** A line of PULUMI_DEBUG_GRPC's log. */
function parseCall(line: string) {
  return JSON.parse(line) as { method: string; errors?: string[]; metadata?: unknown };
}
