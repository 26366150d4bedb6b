/**
 * One stack with an additional SDK key and an additional mobile key, from the first preview to the destroy, and servers with
 * LaunchDarkly's own SDK that use the SDK keys: who sees that a flag was turned. No mobile SDK runs in Node.js, so apps are
 * requests as such an SDK sends them.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { type CreatedEnvironment, type Sandbox, startSandbox } from "../../sandbox/sandbox";
import type { CommandResult, Stack } from "../../tools/stack/stack";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { compileProgram } from "../support/compileProgram";
import { flagServers } from "../support/flagServers";
import { CREATE, DELETE, LIST, ownedKeys, PATCH } from "../support/ownedKeyProvider";
import { plainTexts } from "../support/plainTexts";
import { WHO } from "../support/routes";
import { createWrittenStack } from "../support/writtenStack";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What a mobile SDK asks for a context. */
const APP = `/msdk/evalx/contexts/${Buffer.from('{"kind":"user","key":"ada"}').toString("base64url")}`;

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
    workspace = createWorkspace(path.join(__dirname, "..", "cli", "every-credential"));
    compileProgram(workspace.folder);
    stack = await createWrittenStack(workspace, {});
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

  /** @param moved other inputs of one class */
  function ask(more: object, moved: Readonly<Record<string, object>> = {}): void {
    const { projectKey, environmentKey } = environment;
    const asked = ownedKeys.map(({ credential: { className }, output: key }) => {
      const inputs = { projectKey, environmentKey, name: "shop", oldKeyExpiry: "2h", ...more, ...moved[className] };
      return { className, key, inputs };
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
  const evaluates = async (...mobileKeys: string[]) =>
    Promise.all(
      mobileKeys.map(async (key) => (await fetch(sandbox.url + APP, { headers: { Authorization: key } })).ok),
    );
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
    const apps = [before.RotatingMobileKey, after.RotatingMobileKey];
    assert.deepEqual(await evaluates(...apps), [true, true]);
    sandbox.clock.move(2 * HOUR - 10 * MINUTE);
    assert.deepEqual(await evaluates(...apps), [true, true]);
    await givesUp(old, () => {
      sandbox.clock.move(10 * MINUTE);
    });
    assert.deepEqual(await evaluates(...apps), [false, true]);
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

  it("moves to another environment and to another project by a creation first, and the old keys have their grace", async () => {
    const before = await keys();
    const staging = sandbox.createEnvironment({ projectKey: "shop", key: "staging" });
    const store = sandbox.createEnvironment({ projectKey: "store", key: "production" });
    // LaunchDarkly's clock is two hours ahead by now.
    ask(
      { triggers: { quarter: 2 }, name: "shop, renamed", oldKeyExpiry: "4h" },
      { RotatingSdkKey: { environmentKey: "staging" }, RotatingMobileKey: { projectKey: "store" } },
    );
    const begun = sandbox.requests.length;
    const { output } = await up();
    assert.match(output, /\+-.*RotatingSdkKey replaced .*environmentKey/);
    assert.match(output, /\+-.*RotatingMobileKey replaced .*projectKey/);
    const sent = sandbox.requests.slice(begun).filter(({ method }) => method !== "GET");
    assert.deepEqual([...new Set(sent.map(({ route }) => route))], [CREATE, PATCH], "created first, and none deleted");
    assert.equal(sent.filter(({ route }) => route === CREATE).length, 2);
    const after = await keys();
    const inStaging = sandbox.additionalKeys.all(staging).map(({ key }) => key);
    const inStore = sandbox.additionalKeys.all(store).map(({ key }) => key);
    assert.deepEqual([inStaging, inStore], [[after.RotatingSdkKey], [after.RotatingMobileKey]]);

    const old = await startedWith(before.RotatingSdkKey);
    assert.equal(await sees(old), false, "the old environment's key works");
    assert.deepEqual(await evaluates(before.RotatingMobileKey, after.RotatingMobileKey), [true, true]);
    assert.deepEqual(working().sort(), Object.values(before).sort());
    sandbox.clock.move(4 * HOUR);
    assert.deepEqual(working(), []);
    assert.deepEqual(await evaluates(before.RotatingMobileKey, after.RotatingMobileKey), [false, true]);
  });

  it("keeps every key out of what is printed, and encrypted in the state", () => {
    assert.deepEqual(plainTexts(workspace, printed, sandbox.store.everyKey()), []);
  });

  it("deletes all its keys when it is destroyed, and leaves the environment's own", async () => {
    newRequests();
    await pulumi("destroy", "--yes", "--non-interactive");
    assert.ok(newRequests().includes(DELETE));
    const left = sandbox.store.additionalKeys.all().filter(({ deletedAt }) => deletedAt === undefined);
    assert.deepEqual(
      left.filter(({ expiry }) => expiry === undefined),
      [],
    );
    assert.deepEqual(working(), []);
    const fallback = await startedWith(environment.sdkKey);
    assert.equal(await sees(fallback), false);
  });
});
