/** What a refresh concludes from what it sees, and what the next run does about it, for each credential that a stack owns. */
import assert from "node:assert/strict";

import { eachKindProvider, nothing } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { unclearLooks } from "../../support/unclearLooks";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

for (const kind of ownedKinds) {
  const { credential, routes, MAKE, LOOK } = kind;
  const { outputs } = credential;

  describe(`the drift of a ${credential.className}`, () => {
    const subject = eachKindProvider(kind);
    /** Rotated once: a current record, and a previous one in its grace. */
    let state: Properties;
    const news = () => subject().inputs({ triggers: { a: 2 }, oldKeyExpiry: "2h" });
    const upFrom = (from: Properties) => subject().upUntilDone({ state: from, error: undefined }, news());
    const place = () => subject().subject.place ?? assert.fail();
    const currentId = () => String(state[outputs.id]);
    const previousOf = (of: Properties) => of[outputs.previous] as { id: string; expiresAt: string }[];
    const recordOf = (id: string) =>
      place()
        .records()
        .find((one) => one.id === id) ?? assert.fail(`${id} is there`);
    const said = () => subject().shown.join("\n");
    /** The requests since the last call that make, change or end something. */
    const changing = () =>
      subject()
        .newRequests()
        .filter((route) => [MAKE, routes.change, routes.remove].includes(route));

    beforeEach(async () => {
      const { inputs, upUntilDone, read, shown, newRequests } = subject();
      // The first refresh also tells when a key was last used.
      state = await read(await upFrom(await upUntilDone(nothing, inputs({ oldKeyExpiry: "2h" }))));
      shown.length = 0;
      newRequests();
    });

    it("is none where nobody has changed anything", async () => {
      const { read, newRequests, shown } = subject();
      const seen = await read(state);
      assert.deepEqual(newRequests(), [LOOK]);
      assert.deepEqual(seen, state);
      assert.deepEqual(shown, []);
      assert.deepEqual(await upFrom(seen), seen);
      assert.deepEqual(newRequests(), []);
    });

    it("is another setting, which the next run sets back, with the key that there is", async () => {
      const { settings, description } = recordOf(currentId());
      place().edit(currentId());
      const seen = await subject().read(state);
      assert.match(said(), /warning: Changed outside Pulumi/);
      assert.deepEqual(changing(), [], "a refresh changes nothing");
      const after = await upFrom(seen);
      assert.deepEqual(changing(), [routes.change]);
      assert.equal(after[outputs.key], state[outputs.key]);
      const set = recordOf(currentId());
      assert.deepEqual([set.settings, set.description], [settings, description]);
    });

    it("is its end: the next run makes another one for what was deleted", async () => {
      const { read, assertSound } = subject();
      place().remove(currentId());
      const seen = await read(state);
      assert.match(said(), /Deleted outside Pulumi/);
      const after = await upFrom(seen);
      assert.deepEqual(
        changing().filter((route) => route === MAKE),
        [MAKE],
      );
      assert.match(String(after["lastRotationReason"]), /was deleted outside Pulumi$/);
      assert.notEqual(after[outputs.key], state[outputs.key]);
      assertSound(after);
    });

    it("is an end of the current key that is near: the next run makes another one before it", async () => {
      const { sandbox, read, accepts } = subject();
      place().end(currentId(), sandbox.clock.now() + DAY);
      const seen = await read(state);
      assert.match(said(), /^warning: Given an expiry outside Pulumi \(.*\): the .* ends at .*creates another one\.$/m);
      sandbox.clock.move(13 * HOUR);
      subject().newRequests();
      const after = await upFrom(seen);
      assert.ok(changing().includes(MAKE));
      assert.match(String(after["lastRotationReason"]), /will expire at/);
      assert.ok(accepts(state[outputs.key]) && accepts(after[outputs.key]));
    });

    it("is an end that is far: no key is made for it", async () => {
      const { sandbox, read } = subject();
      place().end(currentId(), sandbox.clock.now() + 200 * DAY);
      const after = await upFrom(await read(state));
      assert.equal(after[outputs.key], state[outputs.key]);
      assert.ok(!changing().includes(MAKE));
    });

    it("is a previous record whose end somebody moved: the state says when it ends", async () => {
      const { sandbox, read } = subject();
      const [previous = assert.fail()] = previousOf(state);
      place().end(previous.id, sandbox.clock.now() + HOUR);
      const moved = await upFrom(await read(state));
      const { expiry = assert.fail() } = recordOf(previous.id);
      assert.equal(previousOf(moved)[0]?.expiresAt, new Date(expiry).toISOString());
    });

    it("is a previous record that somebody deleted: it is not ended twice", async () => {
      const { sandbox, read, inputs, upUntilDone } = subject();
      const [previous = assert.fail()] = previousOf(state);
      place().remove(previous.id);
      const without = await read(state);
      sandbox.clock.move(3 * HOUR);
      subject().newRequests();
      const over = await upFrom(without);
      assert.deepEqual(changing(), []);
      assert.equal(over[outputs.key], state[outputs.key]);
      const rotated = await upUntilDone({ state: over, error: undefined }, inputs({ triggers: { a: 3 } }));
      assert.deepEqual(
        previousOf(rotated).map(({ id }) => id),
        [currentId()],
      );
    });

    for (const [what, fault] of Object.entries(unclearLooks)) {
      it(`is not concluded from ${what}`, async () => {
        const { sandbox, read } = subject();
        for (const route of [routes.list, routes.show]) {
          sandbox.faults.add({ route, when: "before", fault, times: 99 });
        }
        await assert.rejects(read(state));
        sandbox.faults.clear();
        assert.deepEqual(await read(state), state);
      });
    }
  });
}
