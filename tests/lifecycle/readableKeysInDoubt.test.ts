/** Resets in doubt of keys that can be read: the next look settles them. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { kinds } from "../support/kinds";
import { rejection } from "../support/rejection";

for (const kind of kinds.filter(({ credential }) => credential.isReadable)) {
  const { LOOK, RESET } = kind;

  describe(`a reset of a readable key in doubt, ${kind.credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    /** The state after an update whose reset and look both failed, with its new trigger. */
    async function inDoubt(isCarriedOut: boolean) {
      const { sandbox, provider, inputs, newRequests } = subject();
      const { outs: olds } = await provider.create(inputs());
      sandbox.faults.add({ route: RESET, when: isCarriedOut ? "after" : "before", fault: { kind: "drop" } });
      // The first look comes before the reset.
      sandbox.faults.add({ route: LOOK, when: "before", skip: 1, fault: { kind: "status", status: 403 } });
      const edited = inputs({ triggers: { a: 2 } });
      const { saved } = await rejection(provider.update(olds, edited));
      newRequests();
      return { saved: saved?.properties ?? {}, edited, olds };
    }

    it("is recorded by the next update if it was carried out, without another reset", async () => {
      const { provider, keyIn, newRequests, currentKey } = subject();
      const { saved, edited } = await inDoubt(true);
      provider.shown.length = 0;
      assert.equal((await provider.diff(saved, edited)).changes, true);
      const outs = await provider.update(saved, edited);
      assert.deepEqual(newRequests(), [LOOK]);
      assert.equal(keyIn(outs), currentKey());
      assert.deepEqual([outs["rotationCount"], outs["lastRotationReason"]], [1, "triggers.a changed"]);
      assert.deepEqual([outs["lostReset"], outs["openReset"]], [null, undefined]);
      assert.equal((await provider.diff(outs, edited)).changes, false);
    });

    it("is sent by the next update if it was not carried out", async () => {
      const { provider, keyIn, newRequests, currentKey } = subject();
      const { saved, edited } = await inDoubt(false);
      const outs = await provider.update(saved, edited);
      assert.deepEqual(newRequests(), [LOOK, RESET]);
      assert.equal(keyIn(outs), currentKey());
      assert.equal(outs["rotationCount"], 1);
    });

    it("is forgotten by the next update if it was not carried out and the trigger is edited back", async () => {
      const { provider, inputs, keyIn, newRequests } = subject();
      const { saved, olds } = await inDoubt(false);
      const outs = await provider.update(saved, inputs());
      assert.deepEqual(newRequests(), [LOOK]);
      assert.equal(keyIn(outs), keyIn(olds));
      assert.deepEqual([outs["lostReset"], outs["rotationCount"]], [null, 0]);
    });

    it("is not taken for carried out because somebody else reset the key before", async () => {
      const { sandbox, provider, credential: one, inputs, keyIn, newRequests, currentKey } = subject();
      const { outs: olds } = await provider.create(inputs());
      newRequests();
      const foreign = one.resetElsewhere();
      sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "drop" } });
      const outs = await provider.update(olds, inputs({ triggers: { leaked: 1 } }));
      assert.equal(newRequests().filter((route) => route === RESET).length, 2);
      assert.equal(keyIn(outs), currentKey());
      assert.notEqual(currentKey(), foreign, "a key that may have leaked does not stay");
      assert.equal(outs["rotationCount"], 1);
    });

    it("is not taken for somebody else's at a refresh", async () => {
      const { provider, keyIn, currentKey } = subject();
      const { saved, edited } = await inDoubt(true);
      provider.shown.length = 0;
      const seen = (await provider.read(saved)).outs;
      assert.deepEqual(provider.shown, []);
      assert.equal(keyIn(seen), currentKey());
      assert.equal((await provider.diff(seen, edited)).changes, false);
    });
  });
}
