/**
 * A record that the stack owns, whose resource is replaced: the key that people held keeps working for its grace, in every
 * order in which the engine may make and delete. Where another place replaces a resource, keyPlaces.test.ts has that.
 */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { MOVED, movedOf, orders } from "./replacementOrders";

const HOUR = 3_600_000;

for (const kind of ownedKinds) {
  const { className, outputs, wording } = kind.credential;
  const [replacing] = Object.keys(kind.replacing);
  describe(`the record of a ${className}, whose resource is replaced`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties) => state[outputs.key];
    // Where the same creation makes the same record, the same triggers ask for the one that is there.
    const another = kind.isRepeatable && { triggers: { a: "another" } };
    const news = (more: Properties = {}) => subject().inputs({ ...kind.replacing, ...more, ...another });

    /** What a preview, or an up, says of the change. */
    async function shownOf(
      state: Properties,
      before: Properties,
      edited: Properties,
      isPreview: boolean,
    ): Promise<string> {
      const { provider, shown, said } = subject();
      const { check, diff } = await provider();
      shown.length = 0;
      await check(before, { ...edited, __preview: isPreview });
      const { changes, replaces } = await diff("", state, edited);
      assert.deepEqual([changes, replaces], [true, [replacing]]);
      return said();
    }

    for (const [how, replace] of Object.entries(orders)) {
      it(`leaves the key that people held its grace: ${how}`, async () => {
        const { sandbox, inputs, created, upFrom, accepts, said, kept, idOf } = subject();
        const first = await created();
        sandbox.clock.move(HOUR);
        const second = await upFrom(first, inputs({ triggers: { a: 2 } }));
        sandbox.clock.move(HOUR);
        const edited = news({ triggers: { a: 2 } });
        const now = sandbox.clock.now();
        const after = await replace(subject(), second, edited);
        assert.notEqual(after["nonce"], second["nonce"]);
        assert.ok([first, second, after].every((state) => accepts(keyOf(state))));
        const expiry = (state: Properties) => kept(state).expiry;
        assert.deepEqual([expiry(second), expiry(first)], [now + 24 * HOUR, now + 23 * HOUR], "each keeps its own end");
        assert.match(said(), new RegExp(`Handed on.*: ${idOf(second)} .* works until`));
      });

      it(`owns the old tokens from then on: ${how}`, async () => {
        const { inputs, created, upFrom, marked, provider, previousOf, idOf } = subject();
        const second = await upFrom(await created(), inputs({ triggers: { a: 2 } }));
        const edited = news({ triggers: { a: 2 } });
        const asked = how.startsWith(MOVED) ? movedOf(edited) : edited;
        const after = await upFrom(await replace(subject(), second, edited), asked);
        const ids = previousOf(after);
        assert.equal(ids.length, 2);
        assert.ok(ids.includes(idOf(second)));
        await (await provider()).delete("", after);
        assert.deepEqual(marked(), [], "a destroy deletes them");
      });
    }

    it("deletes them as its last step when oldKeyExpiry is immediate", async () => {
      const { created, marked, idOf } = subject();
      const state = await created();
      const edited = news({ oldKeyExpiry: "immediate" });
      const after = await orders["because what can't be changed of it is another"](subject(), state, edited);
      assert.deepEqual(marked(), [idOf(after)]);
    });

    if (replacing !== undefined) {
      it("says in the preview what becomes of the old key", async () => {
        const { inputs, created, upFrom, idOf, lastFourOf: ending } = subject();
        const first = await created();
        const verdict = `warning: Will replace: ${replacing} changed. A new ${wording.short} is created. `;
        const unless = " Under retainOnDelete no old key is ended. Under deleteBeforeReplace the old key";
        const begins = " gets its end before there is a new one.";
        const dead = " is dead before there is a new one.";
        assert.equal(
          await shownOf(first, inputs(), news(), true),
          `${verdict}The current key (ending in ${ending(first)}) keeps working for 1 day.${unless}${begins}`,
        );
        const immediate = { oldKeyExpiry: "immediate" };
        const second = await upFrom(first, inputs({ triggers: { a: 2 } }));
        assert.equal(
          await shownOf(second, inputs(), news(immediate), true),
          `${verdict}The current key (ending in ${ending(second)}) ends with this pulumi up, as its last step. So do the previous ${wording.short}s: ${idOf(first)} (ending in ${ending(first)}).${unless}${dead}`,
        );
      });

      it("says nothing before the up has done it", async () => {
        const { inputs, created } = subject();
        assert.equal(await shownOf(await created(), inputs(), news(), false), "");
      });
    }

    it("has the old tokens again at the next up where the deletion failed", async () => {
      const { created, accepts, fail, provider, routes } = subject();
      const state = await created();
      const edited = news();
      fail(routes.change, 403);
      await assert.rejects(orders["because what can't be changed of it is another"](subject(), state, edited), {
        message: /Not destroyed \(ci\): /,
      });
      const next = await provider();
      await next.check(edited, edited);
      await next.delete("", state);
      assert.ok(accepts(keyOf(state)), "the engine tries again, and its grace begins then");
    });

    it("is as it was where the new token can't be created", async () => {
      const { created, provider, fail, kept, marked, routes, idOf } = subject();
      const state = await created();
      const methods = await provider();
      await methods.check({}, news());
      fail(routes.create, 403);
      await assert.rejects(methods.create(news()), {
        message: /^Not created \(ci\): .* Nothing was changed\.$/,
      });
      assert.deepEqual(marked(), [idOf(state)]);
      assert.equal(kept(state).expiry, undefined);
    });

    if (kind.mayLackExpiry)
      it("has its end in the state where LaunchDarkly knows no expiry, and is deleted when that has come", async () => {
        const { sandbox, created, upFrom, accepts, idOf } = subject();
        sandbox.openQuestions.knowsTokenExpiry = false;
        const state = await created();
        const made = await orders["by --replace or a taint"](subject(), state, news());
        const adopted = await upFrom(made, news());
        const end = new Date(sandbox.clock.now() + 24 * HOUR).toISOString();
        const [previous] = adopted[outputs.previous] as { id: string; expiresAt: string }[];
        assert.deepEqual([previous?.id, previous?.expiresAt], [idOf(state), end]);
        assert.ok(accepts(keyOf(state)));
        sandbox.clock.move(25 * HOUR);
        await upFrom(adopted, news());
        assert.ok(!accepts(keyOf(state)));
      });

    it("is destroyed with all its tokens where the program does not have it any more", async () => {
      const { created, provider, marked, inputs } = subject();
      const state = await created();
      const methods = await provider();
      await methods.check({}, inputs({ owner: String(inputs()["owner"]).replace(/ci$/, "web"), name: "web" }));
      await methods.delete("", state);
      assert.deepEqual(marked(), []);
    });
  });
}
