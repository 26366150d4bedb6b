/** Records that somebody else has: nothing is ended or deleted by its id alone, the mark is read first. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { stored } from "../../support/inProcessProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

for (const kind of ownedKinds) {
  const { className, outputs, initial } = kind.credential;

  describe(`the record of a ${className} that bears another's mark`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties) => state[outputs.key];
    const web = (news: Properties) => ({ ...news, owner: String(news["owner"]).replace(/ci$/, "web") });

    /** A record that was made by hand, and taken over by the first up. */
    async function takenOver(): Promise<{ state: Properties; news: Properties }> {
      const { place, inputs, created } = subject();
      const news = inputs(place.takingOver(place.byHand()));
      return { state: await created(news), news };
    }

    it("is not deleted with its former owner, where a replacement takes the same token over again", async () => {
      const { provider, accepts, said } = subject();
      const { state, news } = await takenOver();
      const methods = await provider();
      await methods.check({}, news);
      const outs = stored((await methods.create(news)).outs);
      await methods.delete("", state);
      assert.equal(keyOf(outs), keyOf(state));
      assert.ok(accepts(keyOf(outs)));
      assert.equal(subject().kept(outs).expiry, undefined);
      assert.match(said(), new RegExp(`Left alone.*: ${subject().idOf(state)} .*bears the mark of shop/production/ci`));
    });

    it("is not deleted with its former owner, where a resource of another name takes it over", async () => {
      const { provider, accepts, kept } = subject();
      const { state, news } = await takenOver();
      const methods = await provider();
      const renamed = web(news);
      await methods.check({}, renamed);
      const outs = stored((await methods.create(renamed)).outs);
      await methods.delete("", state);
      assert.ok(accepts(keyOf(outs)));
      assert.equal(kept(outs).expiry, undefined);
    });

    it("is not deleted where the resource that takes it over could not mark it yet", async () => {
      const { provider, accepts, fail, kept } = subject();
      const { state, news } = await takenOver();
      const methods = await provider();
      await methods.check({}, news);
      fail(kind.routes.change, 403);
      await assert.rejects(methods.create(news), { message: /Not changed \(ci\): / });
      await methods.delete("", state);
      assert.ok(accepts(keyOf(state)));
      assert.equal(kept(state).expiry, undefined);
    });

    it("gets no end by a rotation of its former owner", async () => {
      const { place, idOf, inputs, created, upFrom, kept, said } = subject();
      const state = await created();
      place.describe(idOf(state), "[Pulumi shop/production/web 0123456789abcdef #0]");
      const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
      assert.notEqual(subject().idOf(after), subject().idOf(state));
      assert.equal(kept(state).expiry, undefined);
      assert.deepEqual(after[outputs.previous], []);
      assert.match(said(), /Left alone: .*, which bears the mark of shop\/production\/web\. It is not this resource's/);
    });

    for (const [what, description] of [
      ["another's mark", "[Pulumi shop/production/web 0123456789abcdef #0]"],
      ["no mark", "by hand"],
    ] as const) {
      it(`is left alone and named by an edit of oldKeyExpiry, and by a destroy: ${what}`, async () => {
        const { place, idOf, inputs, created, upFrom, provider, accepts, said } = subject();
        const first = await created();
        const state = await upFrom(first, inputs({ triggers: { a: 2 } }));
        place.describe(idOf(first), description);
        await upFrom(state, inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }));
        assert.ok(accepts(keyOf(first)));
        place.describe(idOf(state), description);
        await (await provider()).delete("", state);
        assert.ok(accepts(keyOf(first)) && accepts(keyOf(state)));
        for (const one of [first, state]) assert.match(said(), new RegExp(`Left alone.*: .*${subject().idOf(one)}`));
      });
    }

    it("is said by a refresh to be another's, which keeps its mark", async () => {
      const { place, idOf, inputs, created, up, read, kept, said, wording } = subject();
      const state = await created();
      const description = "[Pulumi shop/production/web 0123456789abcdef #0]";
      place.describe(idOf(state), description);
      const seen = await read(state);
      assert.match(
        said(),
        new RegExp(`Taken over by another .*: ${wording.it} bears the mark of shop/production/web now`),
      );
      await up({ state: seen, error: undefined }, inputs());
      assert.equal(kept(state).description, description);
    });

    it("is not taken over while it ends because its owner has replaced it", async () => {
      const { inputs, upFrom, provider } = subject();
      const { state, news } = await takenOver();
      await upFrom(state, { ...news, triggers: { a: 2 } });
      const { check, create } = await provider();
      const again = inputs(Object.fromEntries(Object.values(initial).map((name) => [name, news[name]])));
      await assert.rejects(check({}, { ...again, __preview: true }), {
        message: /Not taken over \(ci\): .* has replaced it, and it ends at/,
      });
      await assert.rejects(create(again), {
        message: new RegExp(`Not taken over \\(ci\\): .*leave it out with ${initial.id}`),
      });
    });

    it("is taken over while it ends because somebody else has given it an end, and is replaced in time", async () => {
      const { sandbox, place, idOf, created, upFrom, provider, accepts, wording } = subject();
      const state = await created();
      place.end(idOf(state), sandbox.clock.now() + 3 * 3_600_000);
      const taking = place.takingOver({ id: idOf(state), key: String(keyOf(state)) });
      const news = web(subject().inputs(taking));
      const { check, create } = await provider();
      assert.deepEqual((await check({}, { ...news, __preview: true })).failures ?? [], []);
      const made = await create(news);
      const after = await upFrom(stored(made.outs), news);
      assert.match(String(after["lastRotationReason"]), new RegExp(`^${wording.it} will expire at `));
      assert.ok(accepts(keyOf(state)) && accepts(keyOf(after)));
    });

    it("is named by a destroy that leaves it behind, where only the name is the resource's", async () => {
      const { created, provider, leave, marked, said } = subject();
      const state = await created();
      const { id } = leave("[Pulumi shop/production/ci 0123456789abcdef #4]");
      await (await provider()).delete("", state);
      assert.deepEqual(marked(), [id]);
      assert.match(said(), new RegExp(`warning: Left alone.*: ${id} `));
    });

    it("is deleted and named by a destroy where only the state does not know it", async () => {
      const { created, provider, leave, marked, said } = subject();
      const state = await created();
      const { id } = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
      await (await provider()).delete("", state);
      assert.deepEqual(marked(), []);
      assert.match(said(), new RegExp(`info: Deleted at LaunchDarkly.*: ${id} `));
    });

    it("is left alone and named where the resource's state was copied to another stack", async () => {
      const { inputs, created, upFrom, leave, place, said, provider } = subject();
      const state = await created();
      const { id } = leave(`[Pulumi shop/staging/ci ${String(state["nonce"])} #2]`);
      const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
      // A creation that may be sent twice lists nothing: a destroy does.
      if (kind.isRepeatable) await (await provider()).delete("", after);
      assert.equal(place.records().find((one) => one.id === id)?.expiry, undefined);
      assert.match(said(), new RegExp(`warning: Left alone.*: ${id} .*names another stack or resource`));
    });
  });
}
