/** RotatingSdkKey and RotatingMobileKey: created, rotated, edited, refreshed and destroyed, and what that is asked for. */
import assert from "node:assert/strict";

import {
  CHANGING,
  CREATE,
  DELETE,
  LIST,
  LOOK,
  type OwnedKeyProvider,
  ownedKeys,
  PATCH,
  startOwnedKeyProvider,
} from "../../support/ownedKeyProvider";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

for (const { credential, output, prefix } of ownedKeys) {
  describe(`a ${credential.className}`, () => {
    let subject: OwnedKeyProvider;
    beforeEach(async () => {
      subject = await startOwnedKeyProvider(credential);
    });
    afterEach(() => subject.stop());

    const changing = () => subject.newRequests().filter((route) => CHANGING.includes(route));
    const created = async (more = {}) => {
      const state = await subject.done(undefined, subject.inputs(more));
      subject.newRequests();
      return state;
    };

    it("is created by one request, and does nothing when nothing has changed", async () => {
      const state = await subject.done(undefined, subject.inputs());
      assert.deepEqual(changing(), [CREATE]);
      assert.ok(String(state[output]).startsWith(prefix));
      assert.ok(subject.works(state[output]));
      assert.match(String(state["keyId"]), /^shop-production-server-[0-9a-f]{8}-1$/);
      assert.deepEqual(await subject.done(state, subject.inputs()), state);
      assert.deepEqual(subject.newRequests(), []);
    });

    it("rotates by a creation and an end, and the key before it has its grace", async () => {
      const before = await created({ oldKeyExpiry: "2h" });
      const news = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "2h" });
      const after = await subject.done(before, news);
      assert.deepEqual(changing(), [CREATE, PATCH]);
      assert.ok(subject.works(before[output]) && subject.works(after[output]));
      assert.deepEqual([after["rotationCount"], after["lastRotationReason"]], [2, "triggers.a changed"]);
      subject.sandbox.clock.move(2 * HOUR);
      assert.ok(!subject.works(before[output]) && subject.works(after[output]));
    });

    it("has a grace of its own where the program gives none", async () => {
      const before = await created();
      await subject.done(before, subject.inputs({ triggers: { a: 2 } }));
      const grace = credential.className === "RotatingMobileKey" ? 90 * DAY : DAY;
      subject.sandbox.clock.move(grace - HOUR);
      assert.ok(subject.works(before[output]));
      subject.sandbox.clock.move(HOUR);
      assert.ok(!subject.works(before[output]));
    });

    it("ends a key that is to end at once with the next run, when the new one is saved", async () => {
      const before = await created({ oldKeyExpiry: "immediate" });
      const news = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
      const after = await subject.done(before, news);
      assert.ok(subject.works(before[output]));
      await subject.done(after, news);
      assert.deepEqual(changing(), [CREATE, DELETE]);
      assert.ok(!subject.works(before[output]) && subject.works(after[output]));
    });

    it("changes a name and a description in place, and moves the ends of previous keys", async () => {
      const first = await created();
      const second = await subject.done(first, subject.inputs({ triggers: { a: 2 } }));
      subject.newRequests();
      const edited = { triggers: { a: 2 }, name: "other", description: "for the shop", oldKeyExpiry: "3h" };
      const third = await subject.done(second, subject.inputs(edited));
      assert.deepEqual(changing(), [PATCH, PATCH]);
      assert.equal(third[output], second[output]);
      const [current] = subject.keys().filter(({ key }) => key === third[output]);
      assert.deepEqual(current?.name, "other");
      assert.match(String(current.description), /^for the shop \[Pulumi acme\/shop\/production\/server /);
      subject.sandbox.clock.move(3 * HOUR);
      assert.ok(!subject.works(first[output]));
    });

    it("is created anew by the next run when it was deleted, and takes an end by others for what it is", async () => {
      const before = await created();
      subject.sandbox.additionalKeys.remove(subject.environment, String(before["keyId"]));
      const seen = await subject.refresh(before);
      const after = await subject.done(seen, subject.inputs());
      assert.ok(subject.works(after[output]));
      assert.match(String(after["keyId"]), /-2$/);
      subject.sandbox.additionalKeys.change(subject.environment, String(after["keyId"]), {
        expiry: subject.sandbox.clock.now() + DAY,
      });
      subject.sandbox.clock.move(13 * HOUR);
      const ending = await subject.refresh(after);
      const last = await subject.done(ending, subject.inputs());
      assert.match(String(last["lastRotationReason"]), /will expire at/);
    });

    it("is deleted with all its keys, and nothing else", async () => {
      const before = await created();
      const other = subject.sandbox.additionalKeys.add(subject.environment);
      const after = await subject.done(before, subject.inputs({ triggers: { a: 2 } }));
      subject.newRequests();
      await subject.destroy(after);
      assert.deepEqual(
        subject
          .newRequests()
          .filter((route) => route !== LIST && route !== LOOK)
          .slice(-2),
        [DELETE, DELETE],
      );
      assert.ok(!subject.works(before[output]) && !subject.works(after[output]));
      assert.ok(subject.works(other.key));
      const again = await subject.done(undefined, subject.inputs());
      assert.ok(subject.works(again[output]), "its identifiers stay taken, and it is made again all the same");
    });

    it("says in a preview what it will do, and changes nothing", async () => {
      assert.match(String(await subject.preview(undefined, subject.inputs())), /Will create: /);
      const state = await created();
      const said = await subject.preview(state, subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "2h" }));
      assert.match(String(said), /Will rotate: triggers\.a changed\. .*keeps working for 2 hours/);
      assert.deepEqual(changing(), []);
    });
  });
}
