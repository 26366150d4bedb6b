/** What a refresh concludes from what it sees, for each credential. */
import assert from "node:assert/strict";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { kinds } from "../support/kinds";
import { rejection } from "../support/rejection";
import { WHO } from "../support/routes";
import { unclearLooks } from "../support/unclearLooks";

for (const kind of kinds) {
  const { credential, LOOK, RESET, VERIFY } = kind;
  const { isReadable, outputs } = credential;

  describe(`the drift of ${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    it("is none after its own take-over or reset, and its own rotation", async () => {
      const { provider, inputs, keyIn, currentKey } = subject();
      const { outs } = await provider.create(inputs());
      const rotated = await provider.update(outs, inputs({ triggers: { a: 2 } }));
      for (const outputsOfRun of [(await provider.create(inputs())).outs, rotated]) {
        provider.shown.length = 0;
        const seen = (await provider.read(outputsOfRun)).outs;
        if (keyIn(outputsOfRun) === currentKey()) assert.deepEqual(provider.shown, []);
        assert.equal((await provider.read(seen)).outs[outputs.lastFour], currentKey()?.slice(-4));
      }
    });

    it(`is a foreign reset, told once, after which ${isReadable ? "the key is taken over" : "the next update resets"}`, async () => {
      const { sandbox, provider, credential: one, inputs, keyIn, newRequests, currentKey } = subject();
      const { outs } = await provider.create(inputs());
      one.resetElsewhere(sandbox.clock.now() + 3_600_000);
      newRequests();
      provider.shown.length = 0;
      const seen = (await provider.read(outs)).outs;
      assert.deepEqual(newRequests(), [LOOK]);
      await provider.read(seen);
      assert.equal(provider.shown.length, 1, "said once");
      assert.match(String(provider.shown[0]), /^warning: Reset outside Pulumi \(.*\): /);
      newRequests();
      if (isReadable) {
        assert.equal(keyIn(seen), currentKey());
        assert.equal(seen["oldKeyExpiresAt"], null, "nobody knows how long the old key lives");
        assert.equal((await provider.diff(seen, inputs())).changes, false);
        return;
      }
      assert.equal(keyIn(seen), keyIn(outs));
      assert.equal((await provider.diff(seen, inputs())).changes, true);
      const healed = await provider.update(seen, inputs());
      assert.deepEqual(newRequests(), [RESET, ...VERIFY]);
      assert.equal(keyIn(healed), currentKey());
      assert.match(String(healed["lastRotationReason"]), /^rotated outside Pulumi \(key ending in \w{4}\)$/);
      assert.equal((await provider.diff(healed, inputs())).changes, false);
    });

    const isKept = !isReadable && credential.accessTokenId === undefined;
    it(`is its end: what was deleted is ${isKept ? "kept with its key, and told" : "gone from the stack"}`, async () => {
      const { provider, credential: one, inputs, keyIn } = subject();
      const { outs } = await provider.create(inputs());
      one.remove();
      provider.shown.length = 0;
      const seen = await provider.read(outs);
      if (isKept) {
        // Nobody can tell whether it is only hidden, and its key is never shown again.
        assert.equal(keyIn(seen.outs), keyIn(outs));
        assert.match(provider.shown.join(), /^warning: Not shown by LaunchDarkly \(.*\): .* pulumi state delete/);
      } else {
        assert.equal(seen.id, "");
        assert.match(provider.shown.join(), /^warning: Deleted at LaunchDarkly \(.*\): it is gone from the stack/);
      }
      const { message } = await rejection(provider.create(inputs()));
      assert.match(message, new RegExp(`LaunchDarkly found no such ${credential.wording.missing.what} `));
    });

    for (const [what, fault] of Object.entries(unclearLooks)) {
      it(`is not concluded from ${what}`, async () => {
        const { sandbox, provider, inputs } = subject();
        const { outs } = await provider.create(inputs());
        sandbox.faults.add({ route: LOOK, when: "before", fault, times: 9 });
        await rejection(provider.read(outs));
      });
    }

    it("is no matter of the key's use: reading it again finds the same state", async () => {
      const { provider, inputs, newRequests } = subject();
      const { outs } = await provider.create(inputs());
      const seen = (await provider.read(outs)).outs;
      newRequests();
      assert.deepEqual((await provider.read(seen)).outs, seen);
      assert.ok(!newRequests().includes(WHO));
    });
  });
}
