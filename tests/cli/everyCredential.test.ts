/** One stack with every credential, whichever its strategy, from the first preview to the destroy. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import type { CommandResult, Stack } from "../../tools/stack/stack";
import { createWorkspace, type Workspace } from "../../tools/stack/workspace";
import { compileProgram } from "../support/compileProgram";
import { type AnyKind, everyKind, type Subject } from "../support/kinds";
import { plainTexts } from "../support/plainTexts";
import { GET_TOKEN, WHO } from "../support/routes";
import { createWrittenStack } from "../support/writtenStack";

interface Expected {
  /** What the preview says of the first up, and of a rotation. */
  readonly begins: string;
  readonly rotates: string;
  /** What a refresh says when somebody else has changed it. */
  readonly drifts: string;
  /** The routes of the requests of each, beyond those that ask whose key the stack's is. */
  readonly requests: {
    readonly firstPreview: readonly string[];
    readonly first: readonly string[];
    readonly preview: readonly string[];
    readonly rotation: readonly string[];
    /** After somebody else has changed it. */
    readonly recovery: readonly string[];
    readonly destroy: readonly string[];
  };
}

function expectedOf(kind: AnyKind): Expected {
  const { LOOK, MAKE, VERIFY, losesKeys } = kind;
  const { wording } = kind.credential;
  if ("routes" in kind) {
    const { show, change, remove } = kind.routes;
    return {
      begins: "Will create \\(.*\\): ",
      rotates: "Will rotate \\(.*\\): triggers\\.quarter changed",
      drifts: `Changed outside Pulumi \\(${wording.noun} .*\\): `,
      requests: {
        firstPreview: [LOOK],
        // A resource that it takes the place of may have records.
        first: [LOOK, MAKE, ...VERIFY],
        preview: [LOOK],
        // Where the stack chooses no identifier, records are looked for by their marks. That shows the one before, too.
        rotation: [losesKeys ? LOOK : show, MAKE, ...VERIFY, change],
        recovery: [change],
        // It looks for records that it may have left, and deletes the current one and the one before.
        destroy: [LOOK, remove, remove],
      },
    };
  }
  const { isReadable } = kind.credential;
  return {
    begins: isReadable
      ? "Will take over \\(.*\\): the current key"
      : "Will reset \\(.*\\): first rotation by this stack",
    rotates: "Will reset \\(.*\\): triggers\\.quarter changed",
    drifts: `Reset outside Pulumi \\(${wording.noun} .*\\): `,
    requests: {
      firstPreview: [LOOK],
      first: isReadable ? [LOOK] : [LOOK, MAKE, ...VERIFY],
      preview: [LOOK],
      rotation: isReadable ? [LOOK, MAKE] : [MAKE, ...VERIFY],
      recovery: isReadable ? [] : [MAKE, ...VERIFY],
      destroy: [],
    },
  };
}

describe("a stack with every credential", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let workspace: Workspace;
  let stack: Stack;
  let all: { readonly kind: AnyKind; readonly one: Subject; readonly expected: Expected }[];
  let printed = "";
  let seen = 0;

  before(async () => {
    workspace = createWorkspace(path.join(__dirname, "every-credential"));
    compileProgram(workspace.folder);
    stack = await createWrittenStack(workspace, {});
    sandbox = await startSandbox();
    all = everyKind.map((kind) => {
      return { kind, one: kind.add(sandbox, `the ${kind.credential.className}`), expected: expectedOf(kind) };
    });
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
      inputs: { ...one.inputs, ...(graces[0] !== undefined && { oldKeyExpiry: graces[0] }), ...more },
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

  /** Compares the routes of the requests that came since the last time. */
  function assertRequests(before: readonly string[], what: keyof Expected["requests"]): void {
    const routes = sandbox.requests.slice(seen).map(({ route }) => route);
    seen = sandbox.requests.length;
    assert.deepEqual(routes.sort(), [...before, ...all.flatMap(({ expected }) => expected.requests[what])].sort());
  }

  async function keys(): Promise<Readonly<Record<string, string>>> {
    return (await stack.outputs())["keys"] as Record<string, string>;
  }

  async function assertHandedOn(): Promise<void> {
    const handedOn = await keys();
    for (const { kind, one } of all) assert.ok(one.accepts(handedOn[kind.credential.className]));
  }

  it("begins, rotates and rests, each in its own way, and asks once whose key the stack's is", async () => {
    ask({ triggers: { quarter: 1 } });
    const first = await pulumi("preview", "--non-interactive");
    for (const { kind, expected } of all) {
      const row = `${kind.credential.className} \\(.*\\):\n +(?:warning: )?`;
      assert.match(first.output, new RegExp(row + expected.begins));
    }
    // A preview asks whose key the stack's is, and for its role.
    assertRequests([WHO, GET_TOKEN], "firstPreview");
    await up();
    assertRequests([WHO], "first");
    await assertHandedOn();

    const before = await keys();
    ask({ triggers: { quarter: 2 } });
    const preview = await pulumi("preview", "--non-interactive");
    for (const { kind, expected } of all) {
      const row = `${kind.credential.className} \\(.*\\):\n +(?:warning: )?`;
      assert.match(preview.output, new RegExp(row + expected.rotates));
    }
    assertRequests([WHO, GET_TOKEN], "preview");
    await up();
    assertRequests([WHO], "rotation");
    await assertHandedOn();
    const after = await keys();
    for (const { kind, one } of all) {
      const { className } = kind.credential;
      assert.notEqual(after[className], before[className]);
      assert.equal(one.accepts(before[className]), kind.graces.length > 0, className);
    }

    await up("--expect-no-changes");
    assert.deepEqual(sandbox.requests.slice(seen), []);
    await up("--refresh", "--expect-no-changes");
    assertRequests([], "preview");
  });

  it("shows at a refresh what somebody else has changed, and has every current key after the next up", async () => {
    for (const { one } of all) one.changeElsewhere();
    const { output } = await pulumi("refresh", "--yes", "--non-interactive");
    for (const { expected } of all) assert.match(output, new RegExp(expected.drifts));
    seen = sandbox.requests.length;
    await up();
    assertRequests([WHO], "recovery");
    await assertHandedOn();
  });

  it("keeps every key out of what is printed, and encrypted in the state", () => {
    assert.deepEqual(plainTexts(workspace, printed, sandbox.store.everyKey()), []);
  });

  it("leaves those that are reset as they are when it is destroyed, and deletes those that it owns", async () => {
    const held = await keys();
    await pulumi("destroy", "--yes", "--non-interactive");
    assertRequests([WHO], "destroy");
    for (const { kind, one } of all) {
      const { className, strategy } = kind.credential;
      assert.equal(one.accepts(held[className]), strategy === "reset", className);
      assert.deepEqual(one.marked(), []);
    }
  });
});
