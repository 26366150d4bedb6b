/** An end that somebody else has given the current record of a stack that owns it: named while it is far, acted on when near. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

for (const kind of ownedKinds) {
  const { className, outputs, wording } = kind.credential;

  describe(`an end that somebody else has given the record of a ${className}`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties) => state[outputs.key];

    /** A record that was made long ago and ends so much later, as a refresh has seen it. */
    async function endingIn(milliseconds: number): Promise<Properties> {
      const { sandbox, place, idOf, created, read, shown } = subject();
      const state = await created();
      sandbox.clock.move(100 * DAY);
      place.end(idOf(state), sandbox.clock.now() + milliseconds);
      const seen = await read(state);
      shown.length = 0;
      return seen;
    }

    async function preview(state: Properties): Promise<boolean | undefined> {
      const { provider, inputs } = subject();
      const { check, diff } = await provider();
      await check(inputs(), { ...inputs(), __preview: true });
      return (await diff("", state, inputs())).changes;
    }

    it("is named by each preview while it is far, and rotates nothing", async () => {
      const { sandbox, inputs, up, said, newRequests } = subject();
      const state = await endingIn(30 * DAY);
      newRequests();
      for (const nth of ["first", "second"]) assert.equal(await preview(state), false, nth);
      const end = new Date(sandbox.clock.now() + 30 * DAY).toISOString();
      assert.equal(
        said().split(`warning: Will expire: the current ${wording.short}, at ${end}, which somebody else has set.`)
          .length,
        3,
      );
      assert.equal((await up({ state, error: undefined }, inputs())).state, state);
      assert.deepEqual(newRequests(), []);
    });

    it("makes another one when it is near, which the preview says, and the old key works on for its grace", async () => {
      const { sandbox, inputs, upFrom, said, newRequests, accepts, kept } = subject();
      const state = await endingIn(3 * DAY);
      assert.equal(await preview(state), true);
      assert.match(
        said(),
        new RegExp(`Will rotate: ${wording.it} will expire at 20\\S+Z\\. The current key .* keeps working for 1 day`),
      );
      newRequests();
      const after = await upFrom(state, inputs());
      assert.ok(newRequests().includes(kind.routes.create));
      assert.match(String(after["lastRotationReason"]), new RegExp(`^${wording.it} will expire at 20`));
      assert.ok(accepts(keyOf(state)) && accepts(keyOf(after)));
      assert.equal(kept(state).expiry, sandbox.clock.now() + DAY);
      newRequests();
      await upFrom(after, inputs());
      assert.deepEqual(newRequests(), []);
    });

    it("is only named while frozen is true", async () => {
      const { inputs, up, said, newRequests } = subject();
      const state = await endingIn(3 * DAY);
      newRequests();
      await up({ state, error: undefined }, inputs({ frozen: true }));
      assert.match(
        said(),
        new RegExp(`Will not rotate: frozen is true, though a rotation is due \\(${wording.it} will expire at`),
      );
      assert.deepEqual(newRequests(), []);
    });
  });
}
