/** A record that the stack owns, whose resource is replaced by more than one run, or by one that takes its record over. */
import assert from "node:assert/strict";

import { PartialFailure } from "../../../provider/hosts/dynamic/provider";
import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { WHO } from "../../support/routes";
import { movedOf } from "./replacementOrders";
import { stored } from "../../support/inProcessProvider";

const HOUR = 3_600_000;

for (const kind of ownedKinds) {
  const { className, outputs } = kind.credential;
  const isVerified = kind.VERIFY.length > 0;

  describe(`a ${className} that takes the place of another one`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties) => state[outputs.key];
    const previousOf = (state: Properties) => subject().previousOf(state);
    const news = (more: Properties = {}) => subject().inputs({ ...kind.replacing, ...more });

    if (isVerified)
      it("has the verification of its new token finished by the next up, which makes no other", async () => {
        const { created, provider, fail, newRequests, accepts, upFrom } = subject();
        const state = await created();
        const methods = await provider();
        await methods.check({}, news());
        fail(WHO, 403, { skip: 1 });
        const failure: unknown = await methods.create(news()).catch((error: unknown) => error);
        assert.ok(failure instanceof PartialFailure);
        const next = await provider();
        newRequests();
        await next.check(news(), news());
        const saved = stored(failure.properties);
        assert.deepEqual((await next.diff("", saved, news())).replaces ?? [], []);
        const updated = await next.update("", saved, news());
        await next.delete("", state);
        assert.ok(!newRequests().includes(kind.routes.create));
        assert.ok(accepts(keyOf(stored(updated.outs))) && accepts(keyOf(state)));
        assert.deepEqual(previousOf(await upFrom(stored(updated.outs), news())), [subject().idOf(state)]);
      });

    if (isVerified)
      it("owns the old tokens with deleteBeforeReplace, though the new one is not verified", async () => {
        const { created, provider, fail } = subject();
        const state = await created();
        const methods = await provider();
        await methods.check({}, news());
        await methods.delete("", state);
        fail(WHO, 403, { skip: 1 });
        const failure: unknown = await methods.create(news()).catch((error: unknown) => error);
        assert.ok(failure instanceof PartialFailure);
        assert.deepEqual(previousOf(stored(failure.properties)), [subject().idOf(state)]);
      });

    it("owns the old previous tokens where it has taken the current one over", async () => {
      const { inputs, place, idOf, created, upFrom, provider } = subject();
      const first = await created();
      const second = await upFrom(first, inputs({ triggers: { a: 2 } }));
      const initial = place.takingOver({ id: idOf(second), key: String(keyOf(second)) });
      const moved = movedOf(inputs({ triggers: { a: 2 }, ...initial }));
      const methods = await provider();
      await methods.check({}, moved);
      const made = await methods.create(moved);
      await methods.delete("", second);
      const after = await upFrom(stored(made.outs), moved);
      assert.deepEqual([subject().idOf(after), previousOf(after)], [subject().idOf(second), [subject().idOf(first)]]);
    });

    it("looks for nothing where it has taken over a record without a mark", async () => {
      const { inputs, place, created, provider, newRequests, upFrom } = subject();
      const state = await created();
      const news = inputs({ triggers: { a: 2 }, ...place.takingOver(place.byHand("ci")) });
      const methods = await provider();
      await methods.check(inputs(), news);
      await methods.check({}, news);
      const made = stored((await methods.create(news)).outs);
      assert.deepEqual([made["openMark"], made["isReplacement"]], [false, undefined]);
      await methods.delete("", state);
      newRequests();
      await upFrom(made, news);
      assert.deepEqual(newRequests(), []);
    });

    it("looks no more, after a week, for what another stack of that name has", async () => {
      const { sandbox, created, leave, upFrom, inputs, newRequests } = subject();
      leave("[Pulumi shop/production/ci 0123456789abcdef #4]");
      let state = await created();
      for (const [days, looks] of [
        [1, true],
        [8, true],
        [1, false],
      ] as const) {
        sandbox.clock.move(days * 24 * HOUR);
        state = await upFrom(state, inputs());
        assert.equal(newRequests().includes(kind.routes.list), looks);
      }
    });
  });
}
