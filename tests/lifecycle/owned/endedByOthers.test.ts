/** A current record that somebody else has ended: another one is made, and nothing makes the ended key work again. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

for (const kind of ownedKinds) {
  const { className, outputs } = kind.credential;

  describe(`the record of a ${className} that somebody else has ended`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties) => state[outputs.key];

    /** A state whose current record has an end, and that end. */
    async function ended(hours: number): Promise<{ readonly state: Properties; readonly end: number }> {
      const { created, place, idOf, read, sandbox } = subject();
      const first = await created();
      const end = sandbox.clock.now() + hours * HOUR;
      place.end(idOf(first), end);
      return { state: await read(first), end };
    }

    it("does not work again after the rotation that follows", async () => {
      const { inputs, accepts, upFrom, kept, said } = subject();
      const { state, end } = await ended(-1);
      const next = await upFrom(state, inputs());
      assert.ok(accepts(keyOf(next)));
      assert.ok(!accepts(keyOf(state)));
      assert.equal(kept(state).expiry, end);
      assert.doesNotMatch(said(), /keeps working/);
    });

    it("does not work again after its resource was replaced", async () => {
      const { inputs, accepts, provider, kept } = subject();
      const { state, end } = await ended(-1);
      const methods = await provider();
      await methods.check({}, inputs());
      const made = await methods.create(inputs());
      await methods.delete("", state);
      assert.ok(accepts(keyOf(made.outs as Properties)));
      assert.equal(kept(state).expiry, end);
    });

    it("gets the grace that the program gives while it works", async () => {
      const { inputs, upFrom, kept, sandbox } = subject();
      const { state } = await ended(12);
      await upFrom(state, inputs({ triggers: { a: 2 } }));
      assert.equal(kept(state).expiry, sandbox.clock.now() + 24 * HOUR);
    });
  });
}
