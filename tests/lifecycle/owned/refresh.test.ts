/** Pulumi's read of a record that the stack owns. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { ownedKinds } from "../../support/kinds";

const HOUR = 3_600_000;
const MINUTE = 60_000;

for (const kind of ownedKinds) {
  const { className, outputs, wording, tellsUse } = kind.credential;
  const { list, show, change } = kind.routes;
  const isVerified = kind.VERIFY.length > 0;

  describe(`a refresh of the record of a ${className}`, () => {
    const subject = eachOwned(kind);

    if (tellsUse)
      it("names a previous one that was used lately", async () => {
        const { sandbox, place, idOf, inputs, created, upFrom, read, said } = subject();
        const before = await created();
        const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
        sandbox.clock.move(20 * HOUR);
        place.use(idOf(before));
        sandbox.clock.move(4 * MINUTE);
        const seen = await read(after);
        assert.match(
          said(),
          /Still in use \(.*\): the previous token \w+ \(ending in \w{4}\) was used 4 minutes ago, and ends in 3 hours\./,
        );
        const [previous] = seen[outputs.previous] as { lastUsedAt: string }[];
        assert.equal(previous?.lastUsedAt, new Date(sandbox.clock.now() - 4 * MINUTE).toISOString());
      });

    it("shows a setting that was changed outside, and the next up sets it back", async () => {
      const { place, idOf, inputs, newRequests, created, upFrom, read, said, kept } = subject();
      const state = await created();
      const { settings } = kept(state);
      place.edit(idOf(state));
      const seen = await read(state);
      assert.deepEqual(newRequests(), [list]);
      const edited = Object.entries(kept(state).settings).filter(([setting, value]) => settings[setting] !== value);
      const changed = edited.map(([setting, value]) => `${setting} ${String(settings[setting])} → ${String(value)}`);
      assert.equal(changed.length, 1);
      assert.ok(said().includes(`, ${idOf(state)}): ${changed.join()}`), said());
      assert.match(said(), new RegExp(`Changed outside Pulumi \\(${wording.noun} "`));
      await upFrom(seen, inputs());
      assert.deepEqual(newRequests(), [change]);
      assert.deepEqual(kept(state).settings, settings);
    });

    it("notices that it is gone, and the next up makes another one", async () => {
      const { place, idOf, inputs, assertSound, created, upFrom, read, said } = subject();
      const state = await created();
      place.remove(idOf(state));
      const seen = await read(state);
      assert.ok(said().includes(`Deleted outside Pulumi (${wording.noun} "ci", ${idOf(state)}): `), said());
      const after = await upFrom(seen, inputs());
      assert.equal(after["lastRotationReason"], `${wording.it} was deleted outside Pulumi`);
      assert.deepEqual(after[outputs.previous], []);
      assertSound(after);
    });

    if (isVerified)
      it("does not take one for gone whose key works", async () => {
        const { created, read, fail } = subject();
        const state = await created();
        fail(list, 200, { fault: { kind: "status", status: 200, body: '{"items":[],"totalCount":0}' } });
        fail(show, 404, { times: 5 });
        await assert.rejects(read(state), { message: /the token's own key is not refused/ });
      });

    it("puts the end of a previous one back that somebody has removed", async () => {
      const { place, idOf, inputs, newRequests, created, upFrom, read, kept } = subject();
      const before = await created();
      const after = await upFrom(before, inputs({ triggers: { a: 2 } }));
      const { expiry } = kept(before);
      assert.notEqual(expiry, undefined);
      place.end(idOf(before), undefined);
      newRequests();
      await upFrom(await read(after), inputs({ triggers: { a: 2 } }));
      assert.deepEqual(newRequests(), [list, show, change]);
      assert.equal(kept(before).expiry, expiry);
    });
  });
}
