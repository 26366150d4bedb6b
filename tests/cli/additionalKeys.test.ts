/**
 * One stack with an additional SDK key and an additional mobile key, from the first preview to the destroy, and servers with
 * LaunchDarkly's own SDK that use the SDK keys: who sees that a flag was turned.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { type CreatedEnvironment, type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type CommandResult, createStack, type Stack } from "../../tools/stack/stack";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { flagServers } from "../support/flagServers";
import { CREATE, DELETE, LIST, ownedKeys, PATCH } from "../support/ownedKeyProvider";
import { plainTexts } from "../support/plainTexts";
import { WHO } from "../support/routes";

const HOUR = 3_600_000;

describe("a stack with an additional SDK key and an additional mobile key", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let environment: CreatedEnvironment;
  let workspace: Workspace;
  let stack: Stack;
  let printed = "";
  let seen = 0;
  const servers = flagServers(() => sandbox);
  const { startedWith, sees, turn, givesUp } = servers;

  before(async () => {
    workspace = createWorkspace(path.join(__dirname, "every-credential"));
    stack = await createStack({ workspace, environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
    sandbox = await startSandbox();
    environment = sandbox.createEnvironment({ projectKey: "shop", key: "production" });
    await stack.configAll({
      plaintext: { "launchdarkly:apiHost": sandbox.url },
      secret: { "launchdarkly:accessToken": sandbox.adminKey },
    });
  });
  after(async () => {
    servers.close();
    await sandbox.stop();
    workspace.remove();
  });

  function ask(more: object): void {
    const { projectKey, environmentKey } = environment;
    const asked = ownedKeys.map(({ credential: { className }, output: key }) => {
      return { className, key, inputs: { projectKey, environmentKey, name: "shop", oldKeyExpiry: "2h", ...more } };
    });
    writeFileSync(path.join(workspace.folder, "asked.json"), JSON.stringify(asked));
  }

  async function pulumi(...words: string[]): Promise<CommandResult> {
    const result = await stack.pulumi(...words);
    printed += result.output;
    assert.equal(result.status, 0, result.output);
    return result;
  }
  const up = (...words: string[]) => pulumi("up", "--yes", "--non-interactive", "--skip-preview", ...words);

  const newRequests = () => {
    const requests = sandbox.requests.slice(seen).map(({ route }) => route);
    seen = sandbox.requests.length;
    return requests.filter((route) => !/^GET \/(?:all|sdk)|\/(?:bulk|diagnostic)/.test(route)).sort();
  };
  const keys = async () => (await stack.outputs())["keys"] as { RotatingSdkKey: string; RotatingMobileKey: string };
  const working = () => sandbox.additionalKeys.all(environment).flatMap(({ works, key }) => (works ? [key] : []));

  it("is made by one look and one creation each, after a preview that says so and changes nothing", async () => {
    ask({ triggers: { quarter: 1 } });
    const { output } = await pulumi("preview", "--non-interactive");
    for (const { credential } of ownedKeys) {
      assert.match(output, new RegExp(`${credential.className} \\(.*\\):\\n +(?:warning: )?Will create \\(.*\\): `));
    }
    assert.ok(newRequests().every((route) => route.startsWith("GET ")));
    await up();
    assert.deepEqual(newRequests(), [WHO, LIST, LIST, CREATE, CREATE].sort());
    assert.deepEqual(Object.values(await keys()).sort(), working().sort());
    await up("--expect-no-changes");
    assert.deepEqual(newRequests(), []);
  });

  it("rotates without anybody's noticing: the old server sees changes through its grace, the new one at once", async () => {
    const before = await keys();
    const old = await startedWith(before.RotatingSdkKey);
    ask({ triggers: { quarter: 2 } });
    newRequests();
    const { output } = await pulumi("preview", "--non-interactive");
    for (const { credential } of ownedKeys) {
      const said = `${credential.className} \\(.*\\):\\n +Will rotate \\(.*\\): triggers\\.quarter changed\\. .*keeps working for 2 hours`;
      assert.match(output, new RegExp(said));
    }
    assert.ok(newRequests().every((route) => route.startsWith("GET ")));
    await up();
    assert.deepEqual(
      newRequests().filter((route) => !route.startsWith("GET ")),
      [CREATE, CREATE, PATCH, PATCH].sort(),
    );
    const after = await keys();
    assert.deepEqual([...Object.values(before), ...Object.values(after)].sort(), working().sort());

    const young = await startedWith(after.RotatingSdkKey);
    await turn(true, old, young);
    assert.deepEqual([await sees(old), await sees(young)], [true, true]);
    await givesUp(old, () => {
      sandbox.clock.move(2 * HOUR);
    });
    await turn(false, young);
    assert.deepEqual([await sees(old), await sees(young)], [true, false], "after its grace the old one's flags freeze");
    assert.deepEqual(Object.values(after).sort(), working().sort());
  });

  it("changes a name in place, and is refreshed by one list each", async () => {
    const before = await keys();
    ask({ triggers: { quarter: 2 }, name: "shop, renamed" });
    newRequests();
    await up();
    assert.deepEqual(await keys(), before);
    assert.ok(!newRequests().includes(CREATE));
    await up("--refresh", "--expect-no-changes");
    assert.deepEqual(newRequests(), [LIST, LIST]);
  });

  it("keeps every key out of what is printed, and encrypted in the state", () => {
    assert.deepEqual(plainTexts(workspace, printed, sandbox.store.everyKey()), []);
  });

  it("deletes all its keys when it is destroyed, and leaves the environment's own", async () => {
    newRequests();
    await pulumi("destroy", "--yes", "--non-interactive");
    assert.ok(newRequests().includes(DELETE));
    assert.deepEqual(working(), []);
    const fallback = await startedWith(environment.sdkKey);
    assert.equal(await sees(fallback), false);
  });
});
