/** The example for SDK keys: takes them over, rotates them, and hands each to a file. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { rotatables } from "../../sandbox/rotatable";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type CommandResult, createStack, type Stack } from "../../tools/stack/stack";
import { createWorkspace, repository, type Workspace } from "../../tools/stack/workspace";
import { WHO } from "../support/routes";

const { lookRoute: LOOK, resetRoute: RESET } = rotatables.SdkKeyRotation;
/** Windows knows no owner's mode. */
const OWNERS = process.platform === "win32" ? 0o666 : 0o600;
const DAY_MS = 24 * 60 * 60 * 1000;

describe("pulumi up on examples/sdk-keys", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let workspace: Workspace;
  let stack: Stack;
  let keyFolder: string;
  let printed = "";
  let seen = 0;

  before(async () => {
    workspace = createWorkspace(path.join(repository, "examples", "sdk-keys"));
    stack = await createStack({ workspace, environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
    sandbox = await startSandbox();
    keyFolder = path.join(workspace.aside, "keys");
    mkdirSync(keyFolder);
  });
  after(async () => {
    await sandbox.stop();
    workspace.remove();
  });

  async function pulumi(...words: string[]): Promise<CommandResult> {
    const result = await stack.pulumi(...words, "--non-interactive");
    printed += result.output;
    assert.equal(result.status, 0, result.output);
    return result;
  }
  const up = () => pulumi("up", "--yes", "--skip-preview");
  /** How often each route was asked since the last call. */
  function newRequests(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { route } of sandbox.requests.slice(seen)) counts[route] = (counts[route] ?? 0) + 1;
    seen = sandbox.requests.length;
    return counts;
  }
  /** What a server would start with, from a file that its owner alone may read. */
  function keyInFile(environmentKey: string): string {
    const file = path.join(keyFolder, `${environmentKey}.key`);
    assert.equal(statSync(file).mode & 0o777, OWNERS);
    return readFileSync(file, "utf8");
  }
  /** What LaunchDarkly answers to a server that polls with this key. */
  async function poll(key: string): Promise<number> {
    const response = await fetch(`${sandbox.url}/sdk/latest-all`, { headers: { Authorization: key } });
    await response.arrayBuffer();
    return response.status;
  }

  /** The first run, and one with nothing to do. */
  async function begin(environmentKeys: readonly string[], keys: readonly string[]): Promise<void> {
    await stack.configAll({
      plaintext: {
        "launchdarkly:apiHost": sandbox.url,
        projectKey: "shop",
        environmentKeys: environmentKeys.join(","),
        keyFolder,
        quarter: "2026-Q4",
      },
      secret: { "launchdarkly:accessToken": sandbox.adminKey },
    });
    await up();
    assert.deepEqual(newRequests(), { [WHO]: 1, [LOOK]: 2 }, "the first run reads the keys and resets none");
    assert.deepEqual(environmentKeys.map(keyInFile), keys);
    await up();
    assert.deepEqual(newRequests(), {}, "a run with nothing to do asks for nothing");
  }

  async function assertGraces(environmentKeys: readonly string[], oldKeys: readonly string[], newKeys: string[]) {
    for (const key of [...oldKeys, ...newKeys]) assert.equal(await poll(key), 200, "servers may still have either key");
    const { oldKeysExpireAt } = (await stack.outputs()) as { oldKeysExpireAt: Record<string, string> };
    for (const environmentKey of environmentKeys) {
      const left = Date.parse(oldKeysExpireAt[environmentKey] ?? "") - sandbox.clock.now();
      assert.ok(left > DAY_MS - 120_000 && left <= DAY_MS, String(left));
    }
    sandbox.clock.move(DAY_MS);
    for (const key of oldKeys) assert.equal(await poll(key), 401, "the grace is over");
    for (const key of newKeys) assert.equal(await poll(key), 200);
  }

  it("takes the keys over, rotates every one for a trigger, and hands each on while the old one works", async () => {
    const environments = ["test", "production"].map((key) => sandbox.createEnvironment({ projectKey: "shop", key }));
    const environmentKeys = environments.map(({ environmentKey }) => environmentKey);
    const oldKeys = environments.map(({ sdkKey }) => sdkKey);
    await begin(environmentKeys, oldKeys);

    await stack.configAll({ plaintext: { quarter: "2027-Q1" } });
    const preview = await pulumi("preview");
    newRequests();
    for (const index of environmentKeys.keys()) {
      const announced = `: triggers.quarter changed. The current key (ending in ${oldKeys[index]?.slice(-4) ?? ""}) keeps working for 1 day.`;
      assert.ok(preview.output.includes(announced), preview.output);
    }
    await up();
    const requests = { [WHO]: 1, [LOOK]: 2, [RESET]: 2 };
    assert.deepEqual(newRequests(), requests, "one reset for each environment, after a look at it");
    const newKeys = environmentKeys.map(keyInFile);
    const current = sandbox.store.environments.all().map(({ sdkKeys }) => sdkKeys[0].value);
    assert.deepEqual(newKeys, current);
    assert.equal(new Set([...oldKeys, ...newKeys]).size, 4);
    await assertGraces(environmentKeys, oldKeys, newKeys);

    const state = (await pulumi("stack", "export")).output;
    for (const key of [...oldKeys, ...newKeys]) assert.ok(!printed.includes(key) && !state.includes(key));
  });
});
