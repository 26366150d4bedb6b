/** Tokens that somebody else has: nothing is ended or deleted by its id alone, the mark is read first. */
import assert from "node:assert/strict";

import { eachOwnedProvider } from "../../support/eachOwnedProvider";
import { stored } from "../../support/inProcessProvider";
import { OWNER } from "../../support/ownedProvider";
import type { Properties } from "../../support/providerProcess";

describe("a token that bears another's mark", () => {
  const subject = eachOwnedProvider();

  /** A token that was made by hand, and taken over by the first up. */
  async function takenOver(): Promise<{ state: Properties; news: Properties }> {
    const { sandbox, inputs, created } = subject();
    const { id, key } = sandbox.createToken({ name: "by hand", role: "writer" });
    const news = inputs({ initialToken: key, initialTokenId: id });
    return { state: await created(news), news };
  }

  it("is not deleted with its former owner, where a replacement takes the same token over again", async () => {
    const { provider, accepts, said } = subject();
    const { state, news } = await takenOver();
    const methods = await provider();
    await methods.check({}, news);
    const outs = stored((await methods.create(news)).outs);
    await methods.delete("", state);
    assert.equal(outs["token"], state["token"]);
    assert.ok(accepts(outs["token"]));
    assert.equal(subject().kept(outs).expiry, undefined);
    assert.match(
      said(),
      new RegExp(`Left alone.*: ${String(state["tokenId"])} .*bears the mark of shop/production/ci`),
    );
  });

  it("is not deleted with its former owner, where a resource of another name takes it over", async () => {
    const { provider, accepts, kept } = subject();
    const { state, news } = await takenOver();
    const methods = await provider();
    const renamed = { ...news, owner: OWNER.replace(/ci$/, "web") };
    await methods.check({}, renamed);
    const outs = stored((await methods.create(renamed)).outs);
    await methods.delete("", state);
    assert.ok(accepts(outs["token"]));
    assert.equal(kept(outs).expiry, undefined);
  });

  it("is not deleted where the resource that takes it over could not mark it yet", async () => {
    const { provider, accepts, fail, kept } = subject();
    const { state, news } = await takenOver();
    const methods = await provider();
    await methods.check({}, news);
    fail("PATCH /api/v2/tokens/:id", 403);
    await assert.rejects(methods.create(news), { message: /Not changed \(ci\): / });
    await methods.delete("", state);
    assert.ok(accepts(state["token"]));
    assert.equal(kept(state).expiry, undefined);
  });

  it("gets no end by a rotation of its former owner", async () => {
    const { sandbox, inputs, created, upFrom, kept, said } = subject();
    const state = await created();
    sandbox.store.save({ ...kept(state), description: "[Pulumi shop/production/web 0123456789abcdef #0]" });
    const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
    assert.notEqual(after["tokenId"], state["tokenId"]);
    assert.equal(kept(state).expiry, undefined);
    assert.deepEqual(after["previousTokens"], []);
    assert.match(said(), /Left alone: .*, which bears the mark of shop\/production\/web\. It is not this resource's/);
  });

  for (const [what, description] of [
    ["another's mark", "[Pulumi shop/production/web 0123456789abcdef #0]"],
    ["no mark", "by hand"],
  ] as const) {
    it(`is left alone and named by an edit of oldKeyExpiry, and by a destroy: ${what}`, async () => {
      const { sandbox, inputs, created, upFrom, kept, provider, accepts, said } = subject();
      const first = await created();
      const state = await upFrom(first, inputs({ triggers: { a: 2 } }));
      sandbox.store.save({ ...kept(first), description });
      await upFrom(state, inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }));
      assert.ok(accepts(first["token"]));
      sandbox.store.save({ ...kept(state), description });
      await (await provider()).delete("", state);
      assert.ok(accepts(first["token"]) && accepts(state["token"]));
      for (const { tokenId } of [first, state]) assert.match(said(), new RegExp(`Left alone.*: .*${String(tokenId)}`));
    });
  }

  it("is said by a refresh to be another's, which keeps its mark", async () => {
    const { sandbox, inputs, created, up, read, kept, said } = subject();
    const state = await created();
    const description = "[Pulumi shop/production/web 0123456789abcdef #0]";
    sandbox.store.save({ ...kept(state), description });
    const seen = await read(state);
    assert.match(said(), /Taken over by another .*: the token bears the mark of shop\/production\/web now/);
    await up({ state: seen, error: undefined }, inputs());
    assert.equal(kept(state).description, description);
  });

  it("is not taken over while it ends because its owner has replaced it", async () => {
    const { inputs, upFrom, provider } = subject();
    const { state, news } = await takenOver();
    await upFrom(state, { ...news, triggers: { a: 2 } });
    const { check, create } = await provider();
    const again = inputs({ initialToken: news["initialToken"], initialTokenId: news["initialTokenId"] });
    await assert.rejects(check({}, { ...again, __preview: true }), {
      message: /Not taken over \(ci\): .* has replaced it, and it ends at/,
    });
    await assert.rejects(create(again), { message: /Not taken over \(ci\): .*leave it out with initialTokenId/ });
  });

  it("is taken over while it ends because somebody else has given it an end, and is replaced in time", async () => {
    const { sandbox, created, kept, upFrom, provider, accepts } = subject();
    const state = await created();
    sandbox.store.save({ ...kept(state), expiry: sandbox.clock.now() + 3 * 3_600_000 });
    const initial = { initialToken: state["token"], initialTokenId: state["tokenId"] };
    const news = subject().inputs({ owner: OWNER.replace(/ci$/, "web"), ...initial });
    const { check, create } = await provider();
    assert.deepEqual((await check({}, { ...news, __preview: true })).failures ?? [], []);
    const made = await create(news);
    const after = await upFrom(stored(made.outs), news);
    assert.match(String(after["lastRotationReason"]), /^the token will expire at /);
    assert.ok(accepts(state["token"]) && accepts(after["token"]));
  });

  it("is named by a destroy that leaves it behind, where only the name is the resource's", async () => {
    const { created, provider, leave, marked, said } = subject();
    const state = await created();
    const id = leave("[Pulumi shop/production/ci 0123456789abcdef #4]");
    await (await provider()).delete("", state);
    assert.deepEqual(marked(), [id]);
    assert.match(said(), new RegExp(`warning: Left alone.*: ${id} `));
  });

  it("is deleted and named by a destroy where only the state does not know it", async () => {
    const { created, provider, leave, marked, said } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
    await (await provider()).delete("", state);
    assert.deepEqual(marked(), []);
    assert.match(said(), new RegExp(`info: Deleted at LaunchDarkly.*: ${id} `));
  });

  it("is left alone and named where the resource's state was copied to another stack", async () => {
    const { inputs, created, upFrom, leave, sandbox, said } = subject();
    const state = await created();
    const id = leave(`[Pulumi shop/staging/ci ${String(state["nonce"])} #2]`);
    await upFrom(state, inputs({ triggers: { a: 2 } }));
    assert.equal(sandbox.store.find(id)?.expiry, undefined);
    assert.match(said(), new RegExp(`warning: Left alone: ${id} .*names another stack or resource`));
  });
});
