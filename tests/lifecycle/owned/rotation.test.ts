/** The life of a token that the stack owns, where nothing fails. */
import assert from "node:assert/strict";

import {
  CREATE,
  DELETE,
  LIST,
  nothing,
  type OwnedProvider,
  PATCH,
  startOwnedProvider,
} from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { GET_TOKEN, WHO } from "../../support/routes";

const HOUR = 3_600_000;

interface PreviousToken {
  readonly id: string;
  readonly lastFour: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}
const previousOf = (state: Properties) => state["previousTokens"] as PreviousToken[];

describe("an access token that the stack owns", () => {
  let subject: OwnedProvider;
  beforeEach(async () => {
    subject = await startOwnedProvider();
    subject.sandbox.clock.hold();
  });
  afterEach(() => subject.stop());

  /** The state after the first `up`. */
  async function created(news = subject.inputs()): Promise<Properties> {
    const state = await subject.upUntilDone(nothing, news);
    subject.newRequests();
    subject.shown.length = 0;
    return state;
  }
  const upFrom = (state: Properties, news: Properties) => subject.upUntilDone({ state, error: undefined }, news);

  it("is created, marked and verified by the first up, and then nothing is due", async () => {
    const { sandbox, inputs, up, newRequests, shown } = subject;
    const { state, error } = await up(nothing, inputs({ description: "deploys" }));
    assert.ok(state, error?.message);
    assert.deepEqual(newRequests(), [WHO, LIST, CREATE, WHO]);
    const token = sandbox.store.find(String(state["tokenId"]));
    assert.equal(token?.keys[0].value, state["token"]);
    assert.match(String(token?.description), /^deploys \[Pulumi shop\/production\/ci [0-9a-f]{16} #1-[0-9a-f]{8}\]$/);
    assert.deepEqual([token?.name, token?.role, token?.serviceToken], ["ci", "writer", true]);
    assert.equal(state["rotationCount"], 1);
    assert.equal(state["lastRotationReason"], "first token of this stack");
    assert.deepEqual(state["previousTokens"], []);
    assert.match(shown.join("\n"), /Will create: access token "ci"/);
    const again = await up({ state, error: undefined }, inputs({ description: "deploys" }));
    assert.equal(again.state, state);
    assert.deepEqual(newRequests(), []);
  });

  it("is rotated by creating the next one, verifying it, and only then giving the one before its end", async () => {
    const { sandbox, inputs, newRequests, accepts, assertSound, shown } = subject;
    const before = await created();
    const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
    assert.deepEqual(newRequests(), [WHO, LIST, CREATE, WHO, PATCH]);
    assert.notEqual(after["tokenId"], before["tokenId"]);
    assert.equal(after["lastRotationReason"], "triggers.a changed");
    const end = sandbox.clock.now() + 24 * HOUR;
    assert.equal(sandbox.store.find(String(before["tokenId"]))?.expiry, end);
    assert.equal(after["oldKeyExpiresAt"], new Date(end).toISOString());
    const [previous, ...others] = previousOf(after);
    assert.deepEqual(others, []);
    assert.ok(previous);
    assert.equal(previous.id, before["tokenId"]);
    assert.equal(previous.expiresAt, new Date(end).toISOString());
    assert.match(shown.join("\n"), /Will rotate: triggers\.a changed\. The current key .* keeps working for 1 day/);
    assertSound(after);
    assert.ok(accepts(before["token"]));
    sandbox.clock.move(25 * HOUR);
    assert.ok(!accepts(before["token"]) && accepts(after["token"]));
  });

  it("deletes, at the next rotation, the tokens that have ended", async () => {
    const { sandbox, inputs, newRequests, assertSound } = subject;
    const second = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
    sandbox.clock.move(25 * HOUR);
    newRequests();
    const third = await upFrom(second, inputs({ triggers: { a: 3 } }));
    assert.deepEqual(newRequests(), [WHO, LIST, DELETE, CREATE, WHO, PATCH]);
    assert.deepEqual(
      previousOf(third).map(({ id }) => id),
      [second["tokenId"]],
    );
    assertSound(third);
  });

  it("ends the one before by the next up when oldKeyExpiry is immediate", async () => {
    const { sandbox, inputs, newRequests, accepts, shown } = subject;
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const before = await created();
    sandbox.clock.move(4 * 60_000);
    const after = await upFrom(before, news);
    assert.deepEqual(newRequests(), [GET_TOKEN, WHO, LIST, CREATE, WHO]);
    assert.match(shown.join("\n"), /warning: .* works until the pulumi up after this one.* Last used 4 minutes ago/);
    assert.ok(accepts(before["token"]), "those who use it get the new key in this run");
    assert.match(
      shown.join("\n"),
      /Still works: .*deletes it, also if something that uses the key fails in this run\./,
    );
    const done = await upFrom(after, news);
    assert.deepEqual(newRequests(), [WHO, GET_TOKEN, DELETE]);
    assert.ok(!accepts(before["token"]));
    assert.deepEqual(previousOf(done), []);
    await upFrom(done, news);
    assert.deepEqual(newRequests(), []);
  });

  for (const [oldKeyExpiry, ends, requests] of [
    ["48h", 48 * HOUR, [GET_TOKEN, PATCH]],
    ["2h", 2 * HOUR, [GET_TOKEN, PATCH]],
    ["immediate", undefined, [WHO, GET_TOKEN, DELETE]],
    ["30m", undefined, [WHO, GET_TOKEN, DELETE]],
  ] as const) {
    it(`gives the one before another end when oldKeyExpiry is edited to ${oldKeyExpiry} an hour later`, async () => {
      const { sandbox, inputs, newRequests, accepts } = subject;
      const before = await created();
      const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
      const rotatedAt = sandbox.clock.now();
      sandbox.clock.move(HOUR);
      newRequests();
      const edited = await upFrom(after, inputs({ triggers: { a: 2 }, oldKeyExpiry }));
      assert.deepEqual(newRequests(), requests);
      const left = sandbox.store.find(String(before["tokenId"]));
      assert.equal(left?.expiry, ends && rotatedAt + ends);
      assert.equal(accepts(before["token"]), ends !== undefined);
      assert.equal(edited["token"], after["token"]);
      await upFrom(edited, inputs({ triggers: { a: 2 }, oldKeyExpiry }));
      assert.deepEqual(newRequests(), []);
    });
  }

  for (const [what, edit, shows] of [
    ["name", { name: "deploys" }, { name: "deploys" }],
    ["description", { description: "new" }, {}],
    ["role", { role: "reader" }, { role: "reader" }],
    [
      "custom roles in the place of the role",
      { role: undefined, customRoleIds: ["ops"] },
      { role: undefined, customRoleIds: ["ops"] },
    ],
    [
      "an inline role in the place of the role",
      { role: undefined, inlineRole: [{ effect: "allow", actions: ["*"], resources: ["proj/*"] }] },
      { role: undefined },
    ],
    ["API version", { defaultApiVersion: 20220603 }, { defaultApiVersion: 20220603 }],
  ] as const) {
    it(`changes the current token when the program edits it: ${what}`, async () => {
      const { sandbox, inputs, newRequests, shown } = subject;
      const before = await created();
      const after = await upFrom(before, inputs(edit));
      assert.deepEqual(newRequests(), [PATCH]);
      assert.match(shown.join("\n"), /Will change: .* The key stays/);
      assert.equal(after["token"], before["token"]);
      const token = { ...sandbox.store.find(String(after["tokenId"])) };
      for (const [name, value] of Object.entries(shows)) {
        assert.deepEqual(token[name as keyof typeof token], value);
      }
      await upFrom(after, inputs(edit));
      assert.deepEqual(newRequests(), []);
    });
  }

  it("rotates nothing while frozen, and is not created frozen", async () => {
    const { inputs, newRequests, up, shown } = subject;
    const { error } = await up(nothing, inputs({ frozen: true }));
    assert.match(String(error?.message), /frozen must not be true when the resource is created/);
    const state = await created();
    await upFrom(state, inputs({ frozen: true, triggers: { a: 2 } }));
    assert.deepEqual(newRequests(), []);
    assert.match(shown.join("\n"), /Will not rotate: frozen is true, though a rotation is due \(triggers\.a changed\)/);
  });

  it("is rotated when it is older than rotateAfter", async () => {
    const { sandbox, inputs, newRequests } = subject;
    const state = await created();
    sandbox.clock.move(90 * 24 * HOUR);
    const after = await upFrom(state, inputs({ rotateAfter: "90d" }));
    assert.equal(after["lastRotationReason"], "90 days old, rotateAfter is 90d");
    assert.ok(newRequests().includes(CREATE));
  });

  it("is deleted at destroy, with those before it", async () => {
    const { inputs, marked, newRequests, shown } = subject;
    const second = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
    const third = await upFrom(second, inputs({ triggers: { a: 3 } }));
    assert.equal(marked().length, 3);
    newRequests();
    const provider = await subject.provider();
    await provider.delete("", third);
    assert.deepEqual(newRequests(), [LIST, WHO, DELETE, DELETE, DELETE]);
    assert.deepEqual(marked(), []);
    assert.match(
      shown.join("\n"),
      /Deleted at LaunchDarkly(?: \(.*\))?: \w+ \(ending in \w{4}\), .* and \w+ \(ending in \w{4}\)\./,
    );
    const said = shown.find((line) => line.includes("Deleted at LaunchDarkly")) ?? assert.fail();
    for (const { tokenId } of [second, third]) assert.equal(said.split(String(tokenId)).length, 2, "said once");
    await (await subject.provider()).delete("", third).then(
      () => undefined,
      (error: unknown) => assert.fail(String(error)),
    );
  });
});
