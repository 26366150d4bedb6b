/** Dozens of tokens in one stack: names, aliases, targets, protection, replacement. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import members from "../../examples/fleet/tokens.json";
import type { CommandResult } from "../../tools/stack/stack";
import { createRotationStack, type RotationStack, TYPE } from "../support/rotationStack";
import { RESET, WHO } from "../support/routes";

type Members = Record<
  string,
  { name: string; trigger?: string; formerly?: string[]; frozen?: boolean; options?: object }
>;

const LIST = "GET /api/v2/tokens";

describe("pulumi on examples/fleet", function () {
  this.timeout(240_000);
  let rotation: RotationStack;

  beforeEach(async () => {
    rotation = await createRotationStack({ example: "fleet" });
  });
  afterEach(() => rotation.stop());

  /** Gives the program another list of tokens. */
  function write(wanted: Members): void {
    writeFileSync(path.join(rotation.workspace.folder, "tokens.json"), JSON.stringify(wanted));
  }
  /** The same, and LaunchDarkly has each of them. */
  function list(wanted: Members): void {
    const known = new Set(rotation.sandbox.store.all().map(({ name }) => name));
    for (const { name } of Object.values(wanted)) if (!known.has(name)) rotation.sandbox.createToken({ name });
    write(wanted);
  }
  const urn = (key: string) =>
    `urn:pulumi:dev::launchdarkly-rotation-fleet::example:launchdarkly:Fleet$${TYPE}::${key}`;
  /** How often each token was reset since the last call, by its name. */
  let counted = 0;
  function newResets(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { hasReset, path: at } of rotation.sandbox.requests.slice(counted)) {
      const name = rotation.sandbox.store.all().find(({ id }) => hasReset && at.includes(id))?.name;
      if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
    }
    counted = rotation.sandbox.requests.length;
    return counts;
  }
  async function succeed(run: Promise<CommandResult>): Promise<CommandResult> {
    const result = await run;
    assert.equal(result.status, 0, result.output);
    return result;
  }
  const keysHeld = async () => (await rotation.stack.outputs())["tokens"] as Record<string, string>;
  const currentKeyOf = (name: string) =>
    rotation.sandbox.store.all().find((token) => token.name === name)?.keys[0].value;

  it("rotates dozens of tokens that it finds by name, a protected one in place, and a frozen one not", async () => {
    list(members);
    const names = Object.values(members).map(({ name }) => name);
    await succeed(rotation.up());
    assert.deepEqual(newResets(), Object.fromEntries(names.map((name) => [name, 1])));
    assert.equal(rotation.newRequests().filter((route) => route === LIST).length, 1, "one list for all of them");
    const { sandbox } = rotation;
    const asked = () => sandbox.requests.filter(({ route, callerId }) => route === WHO && callerId === sandbox.adminId);
    assert.equal(asked().length, 1, "whose key the stack uses is asked once for all of them");

    const { name: frozen } = members["billing-reporting"];
    list({ ...members, "billing-reporting": { name: frozen, frozen: true } });
    await rotation.set({ quarter: "2027-Q1" });
    const { output } = await succeed(rotation.up());
    assert.match(output, /Not reset \(.+?\): frozen is true, though a reset is due \(triggers\.quarter changed\)/);
    assert.ok(names.includes(members["checkout-deploys"].name));
    assert.deepEqual(newResets(), Object.fromEntries(names.filter((name) => name !== frozen).map((name) => [name, 1])));
    const held = await keysHeld();
    for (const [key, { name }] of Object.entries(members)) assert.equal(held[key], currentKeyOf(name));
  });

  it("does not rotate for another resource name, an alias, or a state that was moved", async () => {
    const { stack, workspace } = rotation;
    list({ old: { name: "one" }, moved: { name: "two" } });
    await succeed(rotation.up());
    newResets();

    list({ new: { name: "one", formerly: ["old"] }, moved: { name: "two" } });
    await succeed(rotation.up());
    assert.deepEqual(newResets(), {}, "renamed through an alias");

    await succeed(stack.pulumi("state", "rename", urn("moved"), "renamed", "--yes"));
    list({ new: { name: "one" }, renamed: { name: "two" } });
    const file = path.join(workspace.aside, "exported.json");
    await succeed(stack.pulumi("stack", "export", "--file", file));
    await succeed(stack.pulumi("stack", "import", "--file", file));
    await succeed(rotation.up());
    assert.deepEqual(newResets(), {}, "renamed in the state, exported and imported");

    await rotation.set({ quarter: "2027-Q1" });
    await succeed(rotation.up());
    assert.deepEqual(newResets(), { one: 1, two: 1 });
    assert.deepEqual(await keysHeld(), { new: currentKeyOf("one"), renamed: currentKeyOf("two") });
  });

  it("rotates the one that --target names, and only that; a name that nobody has fails in the preview", async () => {
    write({ a: { name: "nobody" } });
    const preview = await rotation.preview();
    assert.notEqual(preview.status, 0);
    assert.match(preview.output, /No access token is called "nobody" among/);
    assert.doesNotMatch(preview.output, /\n\s+at /, "no stack trace for a name");

    list({ a: { name: "one" }, b: { name: "two" } });
    await succeed(rotation.up());
    newResets();
    await rotation.set({ quarter: "2027-Q1" });
    const busy = { kind: "status", status: 429, headers: { "Retry-After": "1" } } as const;
    rotation.sandbox.faults.add({ route: RESET, when: "before", fault: busy });
    const targeted = await succeed(rotation.up("--target", urn("a")));
    assert.match(targeted.output, /waiting 1 s for LaunchDarkly's rate limit, 0 of 1 rotated/);
    assert.deepEqual(newResets(), { one: 1 });
    assert.equal((await keysHeld())["a"], currentKeyOf("one"));
    await succeed(rotation.up());
    assert.deepEqual(newResets(), { two: 1 });
  });

  it("takes options for replacement and deletion without harm, and protects what is protected", async () => {
    const replaced = { replaceOnChanges: ["triggers"], deleteBeforeReplace: true };
    list({
      replaced: { name: "one", options: replaced },
      any: { name: "two", options: { replaceOnChanges: ["*"] } },
      retained: { name: "three", options: { retainOnDelete: true } },
      protected: { name: "four", options: { protect: true } },
    });
    await succeed(rotation.up());
    newResets();
    await rotation.set({ quarter: "2027-Q1" });
    const rotated = await succeed(rotation.up());
    for (const name of ["replaced", "any"]) {
      assert.match(rotated.output, new RegExp(` ~ .*AccessTokenRotation ${name} updated`), "in place all the same");
    }
    assert.deepEqual(newResets(), { one: 1, two: 1, three: 1, four: 1 });
    const held = await keysHeld();
    assert.deepEqual(
      [held["replaced"], held["any"], held["retained"], held["protected"]],
      ["one", "two", "three", "four"].map(currentKeyOf),
    );

    list({ replaced: { name: "one", options: replaced }, protected: { name: "four", options: { protect: true } } });
    await succeed(rotation.up());
    list({ replaced: { name: "one", options: replaced } });
    const refused = await rotation.up();
    assert.notEqual(refused.status, 0);
    assert.match(refused.output, /protect/);
    assert.deepEqual(newResets(), {}, "what leaves the stack keeps its key");
  });
});
