import assert from "node:assert/strict";

import type { PlannedFault } from "../../../sandbox/faults";
import { createAccessToken } from "../../../sandbox/accessToken";
import {
  CREATE,
  DELETE,
  LIST,
  nothing,
  type OwnedProvider,
  OWNER,
  PATCH,
  startOwnedProvider,
} from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";
import { WHO } from "../../support/routes";

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe("an access token that the stack owns, when something else has happened", () => {
  let subject: OwnedProvider;
  beforeEach(async () => {
    subject = await startOwnedProvider();
    subject.sandbox.clock.hold();
  });
  afterEach(() => subject.stop());

  async function created(): Promise<Properties> {
    const state = await subject.upUntilDone(nothing, subject.inputs());
    subject.newRequests();
    subject.shown.length = 0;
    return state;
  }
  const upFrom = (state: Properties, news: Properties) => subject.upUntilDone({ state, error: undefined }, news);
  const read = async (state: Properties) => (await (await subject.provider()).read("", state)).props as Properties;
  const said = () => subject.shown.join("\n");
  const fail = (route: string, status: number, more: Partial<PlannedFault> = {}) => {
    subject.sandbox.faults.add({ route, when: "before", fault: { kind: "status", status }, ...more });
  };
  /** The token as the sandbox keeps it. */
  const kept = (state: Properties) => subject.sandbox.store.find(String(state["tokenId"])) ?? assert.fail();
  /** A token that a killed run has left, used so long after its creation. */
  function leave(description: string, usedAfter?: number) {
    const { sandbox } = subject;
    const now = sandbox.clock.now();
    const token = createAccessToken({ name: "ci", serviceToken: true, description }, sandbox.memberIds[0], now);
    sandbox.store.save({ ...token, lastUsed: usedAfter === undefined ? 0 : now + usedAfter });
    return token.id;
  }

  describe("a run that was killed", () => {
    it("has its token deleted by the next rotation, also if it was verified", async () => {
      const { inputs, marked, assertSound } = subject;
      const state = await created();
      const mark = `[Pulumi shop/production/ci ${String(state["nonce"])} #2]`;
      const strays = [leave(mark), leave(mark, 2_000)];
      const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
      assert.ok(strays.every((id) => !marked().includes(id)));
      assertSound(after);
      assert.match(said(), /warning: Access token \w+ \(ending in \w{4}\) was deleted: .* nobody has its key/);
    });

    it("has its token left alone if somebody uses it, as after an older state was restored", async () => {
      const { inputs, marked } = subject;
      const state = await created();
      const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`, 20 * MINUTE);
      await upFrom(state, inputs({ triggers: { a: 2 } }));
      assert.ok(marked().includes(id));
      assert.match(said(), new RegExp(`warning: ${id} .* somebody may use them\\. They are left alone`));
    });

    it("has its token deleted by the next up after a refresh", async () => {
      const { inputs, marked, up } = subject;
      const state = await created();
      const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
      const seen = await read(state);
      assert.ok(marked().includes(id), "a refresh changes nothing at LaunchDarkly");
      assert.match(said(), new RegExp(`A request of this stack has made ${id}`));
      const { state: after } = await up({ state: seen, error: undefined }, inputs());
      assert.ok(!marked().includes(id));
      assert.equal(after?.["token"], state["token"]);
    });

    it("has its first token deleted by the next creation, unless it was used", async () => {
      const { inputs, marked, upUntilDone } = subject;
      const owner = "shop/production/ci";
      const unused = leave(`[Pulumi ${owner} 0123456789abcdef #1]`);
      const used = leave(`[Pulumi ${owner} 0123456789abcdee #1]`, 1_000);
      const others = leave("[Pulumi shop/staging/ci 0123456789abcded #1]");
      await upUntilDone(nothing, inputs());
      assert.ok(!marked().includes(unused));
      assert.ok(marked().includes(used) && marked().includes(others));
      assert.match(said(), new RegExp(`warning: ${used} `));
    });

    it("is not suspected where the resource is being replaced", async () => {
      const { inputs, marked } = subject;
      const state = await upFrom(await created(), inputs({ verify: false, triggers: { a: 2 } }));
      const provider = await subject.provider();
      // As the engine does it: the old inputs first, then none.
      await provider.check(inputs(), inputs({ serviceToken: false }));
      await provider.check({}, inputs({ serviceToken: false }));
      const { outs } = await provider.create(inputs({ serviceToken: false }));
      assert.ok(marked().includes(String(state["tokenId"])));
      await provider.delete("", state);
      assert.deepEqual(marked(), [String((outs as Properties)["tokenId"])]);
    });
  });

  describe("a refresh", () => {
    it("names a previous token that was used lately", async () => {
      const { sandbox, inputs } = subject;
      const before = await created();
      const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
      sandbox.clock.move(20 * HOUR);
      sandbox.store.save({ ...kept(before), lastUsed: sandbox.clock.now() });
      sandbox.clock.move(4 * MINUTE);
      const seen = await read(after);
      assert.match(said(), /The previous token \w+ \(ending in \w{4}\) was used 4 minutes ago and ends in 3 hours\./);
      const [previous] = seen["previousTokens"] as { lastUsedAt: string }[];
      assert.equal(previous?.lastUsedAt, new Date(sandbox.clock.now() - 4 * MINUTE).toISOString());
    });

    it("shows a role that was changed outside, and the next up sets it back", async () => {
      const { sandbox, inputs, newRequests } = subject;
      const state = await created();
      sandbox.store.save({ ...kept(state), role: "admin" });
      const seen = await read(state);
      assert.deepEqual(newRequests(), [LIST]);
      assert.match(said(), /was changed outside Pulumi: role writer → admin/);
      await upFrom(seen, inputs());
      assert.deepEqual(newRequests(), [PATCH]);
      assert.equal(kept(state).role, "writer");
    });

    it("notices that the token is gone, and the next up makes another one", async () => {
      const { sandbox, inputs, assertSound } = subject;
      const state = await created();
      sandbox.store.delete(String(state["tokenId"]));
      const seen = await read(state);
      assert.match(said(), /was deleted outside Pulumi/);
      const after = await upFrom(seen, inputs());
      assert.equal(after["lastRotationReason"], "the token was deleted outside Pulumi");
      assert.deepEqual(after["previousTokens"], []);
      assertSound(after);
    });

    it("does not take a token for gone whose key works", async () => {
      const state = await created();
      fail(LIST, 200, { fault: { kind: "status", status: 200, body: '{"items":[],"totalCount":0}' } });
      fail("GET /api/v2/tokens/:id", 404, { times: 5 });
      await assert.rejects(read(state), /the token's own key is not refused/);
    });

    it("puts the end of a previous token back that somebody has removed", async () => {
      const { sandbox, inputs, newRequests } = subject;
      const before = await created();
      const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
      const { expiry, ...rest } = kept(before);
      sandbox.store.save(rest);
      newRequests();
      await upFrom(await read(after), inputs({ triggers: { a: 2 } }));
      assert.deepEqual(newRequests(), [LIST, PATCH]);
      assert.equal(kept(before).expiry, expiry);
    });
  });

  it("says which tokens the stack could let go when the account has as many as it may", async () => {
    const { sandbox, inputs, up, marked } = subject;
    const second = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
    const before = marked();
    sandbox.openQuestions.tokenLimit = sandbox.store.all().length;
    const { error, state } = await up({ state: second, error: undefined }, inputs({ triggers: { a: 3 } }));
    const [previous] = second["previousTokens"] as { id: string }[];
    assert.match(String(error?.message), /was not created, and nothing was changed: .*token_limit_reached/);
    assert.ok(error?.message.includes(`could let go of ${String(previous?.id)}`));
    assert.equal(state, second);
    assert.deepEqual(marked(), before);
  });

  it("keeps the new key when the end of the one before can't be set, and sets it by the next up", async () => {
    const { inputs, up, newRequests, accepts } = subject;
    const before = await created();
    fail(PATCH, 403);
    const news = inputs({ triggers: { a: 2 } });
    const { state, error } = await up({ state: before, error: undefined }, news);
    assert.equal(error, undefined);
    assert.match(
      said(),
      /warning: The previous token .* still works, because its end could not be set: .*updateAccessTokenExpiry/,
    );
    assert.ok(accepts(state?.["token"]) && accepts(before["token"]));
    newRequests();
    await upFrom(state ?? {}, news);
    assert.deepEqual(newRequests(), [PATCH], "without another token");
  });

  it("fails loudly when a grace that is edited can't be ended", async () => {
    const { inputs, up } = subject;
    const state = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
    fail(DELETE, 403);
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const { error } = await up({ state, error: undefined }, news);
    assert.match(String(error?.message), /still works, because its end could not be set/);
  });

  it("keeps a new key that can't be verified, and the one before without an end, until it is", async () => {
    const { inputs, up, newRequests, sandbox, accepts } = subject;
    const before = await created();
    fail(WHO, 401, { skip: 1, times: 5 });
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "1h" });
    const { state, error } = await up({ state: before, error: undefined }, news);
    assert.match(String(error?.message), /its key \(ending in \w{4}\) is saved, but the key could not be verified/);
    assert.equal(kept(before).expiry, undefined);
    // Long after the grace would have ended.
    sandbox.clock.move(5 * HOUR);
    newRequests();
    const after = await subject.upUntilDone({ state, error }, news);
    assert.deepEqual(newRequests(), [WHO, PATCH], "without another token");
    assert.ok(accepts(before["token"]), "the grace begins when the key is handed on");
    assert.equal(kept(before).expiry, sandbox.clock.now() + HOUR);
    assert.equal(after["token"], state?.["token"]);
  });

  it("makes one token, however often Pulumi repeats the call", async () => {
    const { inputs, newRequests } = subject;
    const before = await created();
    const provider = await subject.provider();
    fail(WHO, 403, { skip: 1, times: 20 });
    for (let tries = 0; tries < 20; tries++) {
      await assert.rejects(provider.update("", before, inputs({ triggers: { a: 2 } })), /could not be verified/);
    }
    const { outs } = await provider.update("", before, inputs({ triggers: { a: 2 } }));
    assert.equal(newRequests().filter((route) => route === CREATE).length, 1);
    subject.assertSound(JSON.parse(JSON.stringify(outs)) as Properties);
  });

  it("deletes the one before at its end where LaunchDarkly knows no expiry", async () => {
    const { sandbox, inputs, newRequests, accepts } = subject;
    sandbox.openQuestions.knowsTokenExpiry = false;
    const before = await created();
    const news = inputs({ triggers: { a: 2 } });
    const after = await upFrom(before, news);
    assert.match(said(), /warning: The previous token \w+ .* got no expiry: .*The first pulumi up after .* deletes it/);
    const [previous] = after["previousTokens"] as { expiresAt: string }[];
    assert.equal(previous?.expiresAt, new Date(sandbox.clock.now() + 24 * HOUR).toISOString());
    sandbox.clock.move(23 * HOUR);
    newRequests();
    await upFrom(after, news);
    assert.deepEqual(newRequests(), []);
    sandbox.clock.move(HOUR);
    await upFrom(after, news);
    assert.deepEqual(newRequests(), [WHO, DELETE]);
    assert.ok(!accepts(before["token"]));
  });

  it("gives the one before its whole grace again when the run that retired it was not saved", async () => {
    const { sandbox, inputs, accepts, assertSound } = subject;
    const before = await created();
    const news = inputs({ triggers: { a: 2 } });
    await upFrom(before, news);
    sandbox.clock.move(20 * HOUR);
    const after = await upFrom(before, news);
    sandbox.clock.move(20 * HOUR);
    assert.ok(accepts(before["token"]));
    assertSound(after);
  });

  it("refuses an edited end that has passed, and leaves an old one alone", async () => {
    const { sandbox, inputs, up } = subject;
    const instant = (hours: number) => new Date(sandbox.clock.now() + hours * HOUR).toISOString();
    const later = instant(2);
    const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: later });
    const state = await upFrom(await created(), news);
    const { error } = await up({ state, error: undefined }, { ...news, oldKeyExpiry: instant(-1) });
    assert.match(String(error?.message), /oldKeyExpiry is .* which has passed/);
    sandbox.clock.move(3 * HOUR);
    assert.equal((await up({ state, error: undefined }, news)).state, state);
  });

  describe("the token that the stack authenticates with", () => {
    /** Has the stack take its own admin token over. */
    async function own(more: Properties = {}): Promise<{ state: Properties; news: Properties }> {
      const { sandbox, inputs, upUntilDone } = subject;
      const admin = { initialToken: sandbox.adminKey, initialTokenId: sandbox.adminId, role: "admin" };
      const news = inputs({ ...admin, ...more });
      return { state: await upUntilDone(nothing, news), news };
    }

    it("is not rotated unless that is allowed, nor with an immediate end", async () => {
      const { up } = subject;
      const { state, news } = await own();
      for (const [more, refusal] of [
        [{}, /would lock this stack out/],
        [{ allowSelfRotation: true, oldKeyExpiry: "immediate" }, /would end at the next pulumi up/],
      ] as const) {
        const { error } = await up({ state, error: undefined }, { ...news, ...more, triggers: { a: 2 } });
        assert.match(String(error?.message), refusal);
      }
    });

    it("is rotated when that is allowed, and never ended while the stack authenticates with it", async () => {
      const { up, accepts, sandbox } = subject;
      const { state, news } = await own({ allowSelfRotation: true });
      const after = await upFrom(state, { ...news, triggers: { a: 2 } });
      assert.match(said(), /Before that, put the new one \(ending in \w{4}\) into/);
      await up({ state: after, error: undefined }, { ...news, triggers: { a: 2 }, oldKeyExpiry: "immediate" });
      assert.match(said(), /is the one that this stack authenticates with: it was not ended/);
      assert.ok(accepts(sandbox.adminKey));
    });
  });

  it("is destroyed whatever happens to one request, and another destroy finishes it", async () => {
    const { sandbox, inputs, marked } = subject;
    for (let skip = 0; skip < 5; skip++) {
      for (const status of [401, 403, 404, 409, 500]) {
        sandbox.faults.clear();
        const state = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
        sandbox.faults.add({ when: "before", skip, fault: { kind: "status", status } });
        const remove = async () => (await subject.provider()).delete("", state);
        await remove().catch(remove);
        assert.deepEqual(marked(), [], `${status} to request ${skip}`);
      }
    }
  });

  it("names what is wrong with the inputs, and repeats no value", async () => {
    const { check } = await subject.provider();
    for (const [more, problem] of [
      [{ name: undefined }, /^name is required/],
      [{ name: " " }, /^name must be a name/],
      [{ customRoleIds: ["ops"] }, /^customRoleIds must not be given beside role/],
      [{ role: undefined, inlineRole: [] }, /^inlineRole must be a list of policy statements/],
      [{ initialToken: "api-01234567" }, /^initialTokenId must be given with initialToken/],
      [{ initialToken: "sdk-01234567", initialTokenId: "0123" }, /^initialToken is the key of an SDK/],
      [{ serviceToken: "yes" }, /^serviceToken must be true or false/],
      [{ oldKeyExpiry: "soon" }, /^oldKeyExpiry must be a duration/],
      [{ tokenId: "0123" }, /^tokenId is no input of RotatingAccessToken/],
    ] as const) {
      const news = JSON.parse(JSON.stringify(subject.inputs(more))) as Properties;
      const { failures = [] } = await check({}, { ...news, owner: OWNER });
      assert.equal(failures.length, 1, JSON.stringify(failures));
      assert.match(String(failures[0]?.reason), problem);
      assert.ok(!failures[0]?.reason.includes("01234567"));
    }
  });
});
