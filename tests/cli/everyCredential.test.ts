/** One stack with all credentials that are reset, from the first preview to the destroy. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import type { RotatableCredential } from "../../sandbox/rotatable";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { type CommandResult, createStack, type Stack } from "../../tools/stack/stack";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { kinds } from "../support/kinds";
import { plainTexts } from "../support/plainTexts";
import { WHO } from "../support/routes";

describe("a stack with every credential", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let workspace: Workspace;
  let stack: Stack;
  let all: { readonly kind: (typeof kinds)[number]; readonly one: RotatableCredential }[];
  let printed = "";
  let seen = 0;

  before(async () => {
    workspace = createWorkspace(path.join(__dirname, "every-credential"));
    stack = await createStack({ workspace, environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
    sandbox = await startSandbox();
    all = kinds.map((kind) => ({ kind, one: kind.rotatable.add(sandbox, `the ${kind.credential.className}`) }));
    await stack.configAll({
      plaintext: { "launchdarkly:apiHost": sandbox.url },
      secret: { "launchdarkly:accessToken": sandbox.adminKey },
    });
  });
  after(async () => {
    await sandbox.stop();
    workspace.remove();
  });

  /** Says what the program asks of every resource. */
  function ask(more: object): void {
    const asked = all.map(({ kind: { credential, graces }, one }) => ({
      className: credential.className,
      key: credential.outputs.key,
      inputs: { ...one.identity, ...(graces[0] !== undefined && { oldKeyExpiry: graces[0] }), ...more },
    }));
    writeFileSync(path.join(workspace.folder, "asked.json"), JSON.stringify(asked));
  }

  async function pulumi(...words: string[]): Promise<CommandResult> {
    const result = await stack.pulumi(...words);
    printed += result.output;
    assert.equal(result.status, 0, result.output);
    return result;
  }
  const up = (...words: string[]) => pulumi("up", "--yes", "--non-interactive", "--skip-preview", ...words);

  function newRequests(): string[] {
    const routes = sandbox.requests.slice(seen).map(({ route }) => route);
    seen = sandbox.requests.length;
    return routes.sort();
  }

  async function assertHandedOn(): Promise<void> {
    const keys = Object.fromEntries(all.map(({ kind, one }) => [kind.credential.className, one.currentKey()]));
    assert.deepEqual((await stack.outputs())["keys"], keys);
  }

  /** A preview asks whose key the stack's is, for its role, and for each credential, once each; it changes nothing. */
  function assertLookedAhead(): void {
    assert.deepEqual(newRequests(), [WHO, "GET /api/v2/tokens/:id", ...all.map(({ kind: { LOOK } }) => LOOK)].sort());
  }

  it("begins, rotates and rests, each in its own way, and asks once whose key the stack's is", async () => {
    ask({ triggers: { quarter: 1 } });
    const first = await pulumi("preview", "--non-interactive");
    for (const { kind } of all) {
      const { isReadable, className } = kind.credential;
      const what = isReadable ? "Will take over \\(.*\\): the current key" : "Will reset \\(.*\\): first rotation";
      assert.match(first.output, new RegExp(`${className} \\(.*\\):\n +(?:warning: )?${what}`));
    }
    assertLookedAhead();
    await up();
    const created = all.flatMap(({ kind: { credential, LOOK, RESET, VERIFY } }) =>
      credential.isReadable ? [LOOK] : [LOOK, RESET, ...VERIFY],
    );
    assert.deepEqual(newRequests(), [WHO, ...created].sort());
    await assertHandedOn();

    const before = all.map(({ one }) => one.currentKey());
    ask({ triggers: { quarter: 2 } });
    const preview = await pulumi("preview", "--non-interactive");
    for (const { kind } of all) {
      const row = `${kind.credential.className} \\(.*\\):\n +(?:warning: )?`;
      assert.match(preview.output, new RegExp(`${row}Will reset \\(.*\\): triggers\\.quarter changed`));
    }
    assertLookedAhead();
    await up();
    const rotated = all.flatMap(({ kind: { credential, LOOK, RESET, VERIFY } }) =>
      credential.isReadable ? [LOOK, RESET] : [RESET, ...VERIFY],
    );
    assert.deepEqual(newRequests(), [WHO, ...rotated].sort());
    await assertHandedOn();
    all.forEach(({ kind, one }, index) => {
      assert.equal(one.accepts(before[index] ?? ""), kind.graces.length > 0, kind.credential.className);
    });

    await up("--expect-no-changes");
    assert.deepEqual(newRequests(), []);
    await up("--refresh", "--expect-no-changes");
    assert.deepEqual(newRequests(), all.map(({ kind: { LOOK } }) => LOOK).sort());
  });

  it("shows a foreign reset at a refresh, and holds every current key after the next up", async () => {
    for (const { one } of all) one.resetElsewhere();
    const { output } = await pulumi("refresh", "--yes", "--non-interactive");
    for (const { kind } of all) {
      assert.match(output, new RegExp(`Reset outside Pulumi \\(${kind.credential.wording.noun} .*\\): `));
    }
    newRequests();
    await up();
    const resets = newRequests().filter((route) => route !== WHO);
    assert.deepEqual(
      resets,
      all.flatMap(({ kind: { credential, RESET } }) => (credential.isReadable ? [] : [RESET])).sort(),
    );
    await assertHandedOn();
  });

  it("keeps every key out of what is printed, and encrypted in the state", () => {
    assert.deepEqual(plainTexts(workspace, printed, sandbox.store.everyKey()), []);
  });

  it("leaves all of them as they are when it is destroyed", async () => {
    const keys = all.map(({ one }) => one.currentKey());
    newRequests();
    await pulumi("destroy", "--yes", "--non-interactive");
    assert.deepEqual(newRequests(), []);
    assert.deepEqual(
      all.map(({ one }) => one.currentKey()),
      keys,
    );
  });
});
