/** The end of a previous record, when LaunchDarkly or the run fails: one behaviour each. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

for (const kind of ownedKinds) {
  const { className, outputs, wording, actions } = kind.credential;
  const { show, change, remove } = kind.routes;

  describe(`the end of the previous record of a ${className}, when something fails`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties | undefined) => state?.[outputs.key];

    it("is set by the next up when it can't be set, and the new key is kept", async () => {
      const { inputs, up, newRequests, accepts, created, upFrom, said, fail } = subject();
      const before = await created();
      fail(change, 403);
      const news = inputs({ triggers: { a: 2 } });
      const { state, error } = await up({ state: before, error: undefined }, news);
      assert.equal(error, undefined);
      const failed = `warning: Still works: the previous ${wording.short} .*, because its end could not be set\\. .*`;
      assert.match(said(), new RegExp(`${failed}${actions.expire ?? ""}`));
      assert.ok(accepts(keyOf(state)) && accepts(keyOf(before)));
      newRequests();
      await upFrom(state ?? {}, news);
      assert.deepEqual(newRequests(), [show, change], "without another record");
    });

    it("is set, or the record deleted, again after a conflict with somebody else's change", async () => {
      const { inputs, up, upFrom, created, fail, newRequests } = subject();
      const state = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
      newRequests();
      fail(change, 409);
      const run = await up({ state, error: undefined }, inputs({ triggers: { a: 2 }, oldKeyExpiry: "48h" }));
      const again = kind.isVersioned ? [show, change] : [change];
      assert.deepEqual([run.error, newRequests()], [undefined, [show, change, ...again]]);
      fail(remove, 409);
      const { error } = await up(run, inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" }));
      assert.deepEqual([error, newRequests()], [undefined, [...kind.VERIFY, show, remove, remove]]);
    });

    it("fails loudly when it is edited and can't be had", async () => {
      const { inputs, up, created, upFrom, fail } = subject();
      const state = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
      fail(remove, 403);
      const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
      const { error } = await up({ state, error: undefined }, news);
      assert.match(String(error?.message), /Still works \(ci\): .*, because its end could not be set/);
    });

    it("leaves its whole grace again when the run that retired it was not saved", async () => {
      const { sandbox, inputs, assertSound, accepts, created, upFrom } = subject();
      const before = await created();
      const news = inputs({ triggers: { a: 2 } });
      await upFrom(before, news);
      sandbox.clock.move(20 * HOUR);
      const after = await upFrom(before, news);
      sandbox.clock.move(20 * HOUR);
      assert.ok(accepts(keyOf(before)));
      assertSound(after);
    });

    it("is refused where it is edited to one that has passed, and left alone where it has passed since", async () => {
      const { sandbox, inputs, up, created, upFrom } = subject();
      const instant = (hours: number) => new Date(sandbox.clock.now() + hours * HOUR).toISOString();
      const later = instant(2);
      const news = inputs({ triggers: { a: 2 }, oldKeyExpiry: later });
      const state = await upFrom(await created(), news);
      const { error } = await up({ state, error: undefined }, { ...news, oldKeyExpiry: instant(-1) });
      assert.match(String(error?.message), /oldKeyExpiry is .* which has passed/);
      sandbox.clock.move(3 * HOUR);
      assert.equal((await up({ state, error: undefined }, news)).state, state);
    });
  });
}
