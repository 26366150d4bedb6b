/** Resets that are not carried out, for each credential. */
import assert from "node:assert/strict";

import type { Fault } from "../../sandbox/faults";
import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { kinds } from "../support/kinds";
import { rotationMethodsOf } from "../support/rotationMethods";

/** Faults that leave the token as it was; the rest are told apart from a success by their answer only. */
const UNPROCESSED: Record<string, Fault> = {
  "a dropped connection": { kind: "drop" },
  "a 500": { kind: "status", status: 500 },
  "a 408": { kind: "status", status: 408 },
  "a 503 without JSON": { kind: "status", status: 503, body: "busy" },
  "a 200 without a body": { kind: "status", status: 200, body: "" },
  "a 200 with a page": { kind: "status", status: 200, body: "<html></html>" },
};

for (const kind of kinds) {
  const { credential, LOOK, RESET, VERIFY, graces, noGraces } = kind;
  describe(`a reset that is not carried out, ${credential.className}, in the dynamic-provider process`, () => {
    const subject = eachRotationProvider({ kind });

    for (const { name, prepare, rotate, leading } of rotationMethodsOf(kind)) {
      for (const oldKeyExpiry of [...graces, ...noGraces]) {
        describe(`${name}, oldKeyExpiry ${String(oldKeyExpiry)}`, () => {
          for (const [what, fault] of Object.entries(UNPROCESSED)) {
            it(`sends the reset again when ${what} is followed by an unchanged token`, async () => {
              const { sandbox, keyIn, newRequests, currentKey } = subject();
              const olds = await prepare(subject());
              sandbox.faults.add({ route: RESET, when: "before", fault });
              const outs = await rotate(subject(), olds, oldKeyExpiry);
              // At the end once more: the first reset may have been carried out late.
              assert.deepEqual(newRequests(), [...leading, RESET, LOOK, RESET, ...VERIFY, LOOK]);
              assert.equal(keyIn(outs), currentKey());
            });
          }

          for (const status of [400, 401, 403, 404]) {
            it(`gives up on a ${status}, and changes nothing`, async () => {
              const { sandbox, newRequests, currentKey } = subject();
              const olds = await prepare(subject());
              const keyBefore = currentKey();
              sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status } });
              const error = await rejection(rotate(subject(), olds, oldKeyExpiry));
              assert.match(error.message, new RegExp(`^Not reset: .*\\(${status}`));
              assert.equal(error.saved, undefined);
              assert.deepEqual(newRequests(), [...leading, RESET]);
              assert.equal(currentKey(), keyBefore);
            });
          }

          for (const status of [409, 429]) {
            it(`sends the reset again after a ${status}`, async () => {
              const { sandbox, keyIn, newRequests, currentKey } = subject();
              const olds = await prepare(subject());
              const headers = { "Retry-After": "0" };
              sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status, headers } });
              const outs = await rotate(subject(), olds, oldKeyExpiry);
              assert.deepEqual(newRequests(), [...leading, RESET, RESET, ...VERIFY]);
              assert.equal(keyIn(outs), currentKey());
            });
          }
        });
      }
    }

    for (const { name, prepare, rotate, leading } of rotationMethodsOf(kind)) {
      it(`${name} gives up after five attempts, each looked up, and changes nothing`, async () => {
        const { sandbox, newRequests, currentKey } = subject();
        const olds = await prepare(subject());
        const keyBefore = currentKey();
        sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 500 }, times: 5 });
        const error = await rejection(rotate(subject(), olds, graces[0]));
        assert.match(error.message, /Not reset: LaunchDarkly gave no usable answer .*500/);
        assert.equal(error.saved, undefined);
        assert.deepEqual(newRequests(), [...leading, ...Array<string[]>(5).fill([RESET, LOOK]).flat()]);
        assert.equal(currentKey(), keyBefore);
      });
    }

    it("gives up when nobody listens, and changes nothing", async () => {
      const { sandbox, provider, inputs, keyIn, currentKey } = subject();
      const { outs: olds } = await provider.create(inputs());
      await sandbox.stop();
      const error = await rejection(provider.update(olds, inputs({ triggers: { a: 2 } })));
      // A key that can be read is looked at first.
      const action = `${credential.isReadable ? "read" : "reset"} ${credential.wording.noun} [\\w/-]+`;
      assert.match(error.message, new RegExp(`Not reset: LaunchDarkly can't be reached to ${action}: .*ECONNREFUSED`));
      assert.equal(error.saved, undefined);
      assert.equal(keyIn(olds), currentKey());
    });
  });
}
