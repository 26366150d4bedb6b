/** Resets that are not answered in time, for each credential. */
import assert from "node:assert/strict";
import { once } from "node:events";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { kinds } from "../support/kinds";
import { rejection } from "../support/rejection";
import { rotationMethodsOf } from "../support/rotationMethods";

for (const kind of kinds) {
  const { credential, LOOK, RESET, VERIFY, graces, noGraces } = kind;
  const { isReadable } = credential;

  describe(`a reset that is not answered in time, ${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind, config: { "launchdarkly:httpTimeout": "2" } });
    const atOnce = noGraces[0] === undefined ? {} : { oldKeyExpiry: noGraces[0] };

    /** @returns carries the reset out, which until then is neither processed nor answered */
    function holdNextReset(): () => Promise<unknown> {
      const { sandbox } = subject();
      let release = (): void => undefined;
      const until = new Promise<void>((resolve) => (release = resolve));
      sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "hold", until } });
      return () => {
        const isReset = once(sandbox.events, "reset");
        release();
        return isReset;
      };
    }

    for (const { name, prepare, rotate, leading } of rotationMethodsOf(kind)) {
      for (const oldKeyExpiry of [...graces, ...noGraces]) {
        it(`is sent again by ${name} when it was not carried out, oldKeyExpiry ${String(oldKeyExpiry)}`, async () => {
          const olds = await prepare(subject());
          subject().sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "hang" } });
          const outs = await rotate(subject(), olds, oldKeyExpiry);
          assert.deepEqual(subject().newRequests(), [...leading, RESET, LOOK, RESET, ...VERIFY, LOOK]);
          assert.equal(subject().keyIn(outs), subject().currentKey());
        });
      }

      for (const oldKeyExpiry of isReadable ? [...graces, ...noGraces] : noGraces) {
        const what = isReadable ? "is healed by reading" : "is sent again at once";
        it(`${what} by ${name} when it was carried out, oldKeyExpiry ${String(oldKeyExpiry)}`, async () => {
          const olds = await prepare(subject());
          subject().sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hang" } });
          const outs = await rotate(subject(), olds, oldKeyExpiry);
          const further = isReadable ? [] : [RESET, ...VERIFY];
          assert.deepEqual(subject().newRequests(), [...leading, RESET, LOOK, ...further]);
          assert.equal(subject().keyIn(outs), subject().currentKey());
        });
      }

      for (const oldKeyExpiry of isReadable ? [] : graces) {
        it(`stops ${name} when it was carried out and the old key still works`, async () => {
          const { sandbox, provider, inputs, token, keyIn, newRequests, currentKey, accepts } = subject();
          const olds = await prepare(subject());
          sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hang" } });
          const error = await rejection(rotate(subject(), olds, oldKeyExpiry));
          assert.match(
            error.message,
            /Reset, but the new key is lost: LaunchDarkly's answer was lost\. The old key works/,
          );
          assert.deepEqual(newRequests(), [...leading, RESET, LOOK]);
          assert.ok(accepts(keyIn(olds) ?? token.key));
          const outs = await provider.update(error.saved?.properties ?? {}, inputs());
          assert.equal(keyIn(outs), currentKey());
        });
      }
    }

    it("is noticed by the next run when it is carried out after the end of this one", async () => {
      const { provider, inputs, keyIn, newRequests, currentKey, accepts } = subject();
      const { outs: olds } = await provider.create(inputs());
      newRequests();
      const carryOut = holdNextReset();
      const edited = inputs({ triggers: { a: 2 }, ...atOnce });
      const outs = await provider.update(olds, edited);
      await carryOut();
      assert.ok(!accepts(keyIn(outs)), "the key of this run is dead");

      newRequests();
      provider.shown.length = 0;
      assert.equal((await provider.diff(outs, edited)).changes, true);
      assert.match(
        String(provider.shown[0]),
        /Will look \(.*\): an attempt of the last reset may be late\. If it was carried out/,
      );
      const healed = await provider.update(outs, edited);
      assert.deepEqual(newRequests(), isReadable ? [LOOK] : [LOOK, RESET, ...VERIFY]);
      assert.equal(keyIn(healed), currentKey());
      assert.equal((await provider.diff(healed, edited)).changes, false);
    });

    it("is looked for by the next run, too, when this one gives up before it is carried out", async () => {
      const { sandbox, provider, inputs, keyIn, newRequests, currentKey, accepts } = subject();
      const { outs: olds } = await provider.create(inputs());
      newRequests();
      const carryOut = holdNextReset();
      sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 403 } });
      const edited = inputs({ triggers: { a: 2 }, ...atOnce });
      const error = await rejection(provider.update(olds, edited));
      assert.match(error.message, /Not reset: .*403.* an earlier attempt may be late/i);
      const leading = isReadable ? [LOOK] : [];
      assert.deepEqual(newRequests(), [...leading, LOOK, RESET], "the reset that is held is not processed yet");
      await carryOut();
      assert.ok(!accepts(keyIn(olds)), "the key of the state is dead");

      newRequests();
      const saved = error.saved?.properties ?? {};
      assert.equal(keyIn(saved), keyIn(olds));
      assert.equal((await provider.diff(saved, inputs())).changes, true, "even if the trigger is edited back");
      // A reset that turns out to be carried out is recorded with the triggers it was for.
      const healed = await provider.update(saved, isReadable ? edited : inputs());
      assert.deepEqual(newRequests(), isReadable ? [LOOK] : [LOOK, RESET, ...VERIFY]);
      assert.equal(keyIn(healed), currentKey());
      if (isReadable) assert.equal(healed["lastRotationReason"], "triggers.a changed");
    });

    it("is looked for once, when it was not carried out", async () => {
      const { sandbox, provider, inputs, keyIn, newRequests } = subject();
      const { outs: olds } = await provider.create(inputs());
      sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "drop" } });
      const edited = inputs({ triggers: { a: 2 } });
      const outs = await provider.update(olds, edited);
      newRequests();
      const looked = await provider.update(outs, edited);
      assert.deepEqual(newRequests(), [LOOK]);
      assert.equal((await provider.diff(looked, edited)).changes, false);
      assert.equal(keyIn(looked), keyIn(outs));
      assert.equal(looked["openReset"], undefined);
    });

    it("leaves it to the next update when it can't be looked at in time either", async () => {
      const { sandbox, provider, inputs, newRequests } = subject();
      const { outs: olds } = await provider.create(inputs());
      newRequests();
      sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hang" } });
      // A key that can be read is looked at before its reset, too.
      const skip = isReadable ? 1 : 0;
      sandbox.faults.add({ route: LOOK, when: "before", skip, times: 5, fault: { kind: "hang" } });
      const error = await rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
      assert.match(error.message, /May have been reset: .*no answer within 2 s/);
      const resets = newRequests().filter((route) => route === RESET);
      assert.equal(resets.length, 1);
    });
  });
}
