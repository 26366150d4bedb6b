/** A token that the stack owns under the real CLI: a kill of the provider, and a take-over. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { markIn } from "../../provider/model/mark";
import { descendants, killAll, providers } from "../../tools/stack/processTree";
import { blocksIn, page } from "../docs/pages";
import { CREATE } from "../support/ownedProvider";
import { createRotationStack, type ExportedResource, type RotationStack } from "../support/rotationStack";
import { typeBlock } from "../support/typeBlock";

/** What docs/migrating.md says to type, and the id that stands there for one's own. */
const [migration] = blocksIn([page("docs/migrating.md")], "sh").filter(({ code }) => /stack output token/.test(code));
const PAGES_ID = "61095542756dba551110ae21";

const TYPE = "pulumi-nodejs:dynamic/launchdarkly:RotatingAccessToken";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation, RotatingAccessToken } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const owned = config.getBoolean("inPlace")
  ? new AccessTokenRotation("ci", { tokenId: config.require("tokenId"), oldKeyExpiry: "1h" })
  : new RotatingAccessToken("ci", {
      name: "ci deploys",
      role: config.get("role") ?? "writer",
      triggers: { quarter: config.require("quarter") },
      oldKeyExpiry: config.get("oldKeyExpiry"),
      initialToken: config.getSecret("initialToken"),
      initialTokenId: config.get("initialTokenId"),
    });
const handMade = config.getSecret("handMade");
const adopted =
  handMade &&
  new RotatingAccessToken("adopted", {
    name: "made by hand",
    triggers: { quarter: config.require("quarter") },
    initialToken: handMade,
    initialTokenId: config.require("handMadeId"),
  });
export const adoptedToken = adopted?.token;
export const token = owned.token;
export const lastFour = owned.tokenLastFour;
`;

describe("a token that the stack owns, under pulumi up", function () {
  this.timeout(300_000);
  let stack: RotationStack;

  beforeEach(async () => {
    stack = await createRotationStack();
    writeFileSync(path.join(stack.workspace.folder, "index.ts"), PROGRAM);
  });
  afterEach(() => stack.stop());

  async function resource(): Promise<ExportedResource> {
    const { text } = await stack.exported();
    const { deployment } = JSON.parse(text) as { deployment: { resources: ExportedResource[] } };
    return deployment.resources.find(({ type }) => type === TYPE) ?? assert.fail("the resource is in the state");
  }
  const key = async () => String((await stack.stack.outputs())["token"]);
  const accepts = (value: string) => {
    const { store, clock } = stack.sandbox;
    return store.findByKey(value, clock.now()) !== undefined;
  };
  const marked = () => {
    const tokens = stack.sandbox.store.all();
    return tokens.filter(({ description }) => markIn(description ?? null) !== undefined).map(({ id }) => id);
  };
  async function up() {
    const result = await stack.up();
    assert.equal(result.status, 0, result.output);
    return result.output;
  }

  it("forgets no token when the provider is killed before it can tell of one, and ends none", async () => {
    let named: string | undefined;
    for (const quarter of ["2026-Q4", "2027-Q1"]) {
      await stack.set({ quarter });
      const before = marked().length;
      stack.sandbox.faults.add({ route: CREATE, when: "after", fault: { kind: "delay", milliseconds: 3_000 } });
      const child = stack.stack.start("up", "--yes", "--non-interactive", "--skip-preview");
      for (const output of [child.stdout, child.stderr]) output.resume();
      const ended = once(child, "exit");
      const created = new Promise<void>((resolve) => {
        stack.sandbox.events.on("processed", ({ route }) => {
          if (route === CREATE) resolve();
        });
      });
      await created;
      killAll(providers(descendants(child.pid ?? 0)));
      await ended;
      await stack.sandbox.idle();
      assert.equal(marked().length, before + 1, "no state has it");
      const output = await up();
      assert.equal(marked().length, before + 2);
      const { outputs } = await resource();
      const previous = (outputs["previousTokens"] as { id: string }[]).map(({ id }) => id);
      // That of a creation without a state may be another stack's. All later ones are the resource's.
      named ??= marked().find((id) => id !== outputs["tokenId"] && output.includes(`Left alone (ci): ${id} `));
      assert.deepEqual(marked().sort(), [String(outputs["tokenId"]), named, ...previous].sort());
      assert.ok(accepts(await key()));
    }
  });

  it("takes over the token of an AccessTokenRotation, and one that was made by hand, whose keys go on", async () => {
    const { sandbox, token } = stack;
    const byHand = sandbox.createToken({ name: "made by hand", role: "reader" });
    const adoptedKey = async () => String((await stack.stack.outputs())["adoptedToken"]);
    await stack.set({ inPlace: "true" });
    await up();
    const held = await key();
    await typeBlock(stack.stack, migration?.code ?? assert.fail(), { [PAGES_ID]: token.id });
    await stack.set({ inPlace: "false", handMadeId: byHand.id });
    await stack.stack.configAll({ secret: { handMade: byHand.key } });
    stack.newRequests();
    const output = await up();
    assert.match(output, /Taken over \(\w+\): the key ending in/);
    assert.ok(!stack.newRequests().includes(CREATE));
    assert.deepEqual([await key(), await adoptedKey()], [held, byHand.key]);
    assert.ok(accepts(held), "AccessTokenRotation leaves its token");
    assert.equal(sandbox.store.find(byHand.id)?.role, "reader", "what the program leaves out stays as it is");

    await stack.set({ quarter: "2027-Q1" });
    await up();
    assert.ok((await key()) !== held && (await adoptedKey()) !== byHand.key);
    for (const one of [held, await key(), byHand.key, await adoptedKey()]) assert.ok(accepts(one));
    for (const { id } of [token, byHand]) assert.ok(sandbox.store.find(id)?.expiry !== undefined);
    for (const one of [held, byHand.key]) assert.ok(!stack.printed().includes(one));
  });
});
