/** A token that the stack owns under the real CLI: a kill of the provider, and a take-over. */
import assert from "node:assert/strict";
import { once } from "node:events";

import { descendants, killAll, providers } from "../../tools/stack/processTree";
import { blocksIn, page } from "../docs/pages";
import { CREATE } from "../support/ownedProvider";
import { createOwnedTokenStack, type OwnedTokenStack } from "../support/ownedTokenStack";
import { typeBlock } from "../support/typeBlock";

/** What docs/migrating.md says to type, and the id that stands there for one's own. */
const [migration] = blocksIn([page("docs/migrating.md")], "sh").filter(({ code }) => /stack output token/.test(code));
const PAGES_ID = "61095542756dba551110ae21";

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
  let stack: OwnedTokenStack;

  beforeEach(async () => {
    stack = await createOwnedTokenStack(PROGRAM);
  });
  afterEach(() => stack.stop());

  const up = () => stack.succeed("up", "--yes", "--non-interactive", "--skip-preview");

  it("forgets no token when the provider is killed before it can tell of one, and ends none", async () => {
    let named: string | undefined;
    for (const quarter of ["2026-Q4", "2027-Q1"]) {
      await stack.set({ quarter });
      const before = stack.marked().length;
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
      assert.equal(stack.marked().length, before + 1, "no state has it");
      const output = await up();
      assert.equal(stack.marked().length, before + 2);
      const { outputs } = await stack.resource();
      const previous = (outputs["previousTokens"] as { id: string }[]).map(({ id }) => id);
      // That of a creation without a state may be another stack's. All later ones are the resource's.
      named ??= stack.marked().find((id) => id !== outputs["tokenId"] && output.includes(`Left alone (ci): ${id} `));
      assert.deepEqual(stack.marked().sort(), [String(outputs["tokenId"]), named, ...previous].sort());
      assert.ok(stack.accepts(await stack.key()));
    }
  });

  it("takes over the token of an AccessTokenRotation, and one that was made by hand, whose keys go on", async () => {
    const { sandbox, token } = stack;
    const byHand = sandbox.createToken({ name: "made by hand", role: "reader" });
    const adoptedKey = async () => String((await stack.stack.outputs())["adoptedToken"]);
    await stack.set({ inPlace: "true" });
    await up();
    const held = await stack.key();
    await typeBlock(stack.stack, migration?.code ?? assert.fail(), { [PAGES_ID]: token.id });
    await stack.set({ inPlace: "false", handMadeId: byHand.id });
    await stack.stack.configAll({ secret: { handMade: byHand.key } });
    stack.newRequests();
    const output = await up();
    assert.match(output, /Taken over \(\w+\): the key ending in/);
    assert.ok(!stack.newRequests().includes(CREATE));
    assert.deepEqual([await stack.key(), await adoptedKey()], [held, byHand.key]);
    assert.ok(stack.accepts(held), "AccessTokenRotation leaves its token");
    assert.equal(sandbox.store.find(byHand.id)?.role, "reader", "what the program leaves out stays as it is");

    await stack.set({ quarter: "2027-Q1" });
    await up();
    assert.ok((await stack.key()) !== held && (await adoptedKey()) !== byHand.key);
    for (const one of [held, await stack.key(), byHand.key, await adoptedKey()]) assert.ok(stack.accepts(one));
    for (const { id } of [token, byHand]) assert.ok(sandbox.store.find(id)?.expiry !== undefined);
    for (const one of [held, byHand.key]) assert.ok(!stack.printed().includes(one));
  });
});
