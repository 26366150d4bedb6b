import assert from "node:assert/strict";
import { once } from "node:events";

import { eachRotationProvider } from "../support/eachRotationProvider";
import { rejection } from "../support/rejection";
import { rotationMethods } from "../support/rotationMethods";
import { GET_TOKEN, RESET, WHO } from "../support/routes";

describe("a reset that is not answered in time, in the dynamic-provider process", () => {
  const subject = eachRotationProvider({ config: { "launchdarkly:httpTimeout": "2" } });

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

  for (const { name, prepare, rotate, leading } of rotationMethods) {
    for (const oldKeyExpiry of ["1h", "immediate"]) {
      it(`is sent again by ${name} when it was not carried out, oldKeyExpiry ${oldKeyExpiry}`, async () => {
        const olds = await prepare(subject());
        subject().sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "hang" } });
        const outs = await rotate(subject(), olds, oldKeyExpiry);
        assert.deepEqual(subject().newRequests(), [...leading, RESET, GET_TOKEN, RESET, WHO, GET_TOKEN]);
        assert.equal(outs["token"], subject().currentKey());
      });
    }

    it(`is sent again at once by ${name} when it was carried out and the old key is dead`, async () => {
      const olds = await prepare(subject());
      subject().sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hang" } });
      const outs = await rotate(subject(), olds, "immediate");
      assert.deepEqual(subject().newRequests(), [...leading, RESET, GET_TOKEN, RESET, WHO]);
      assert.equal(outs["token"], subject().currentKey());
    });

    it(`stops ${name} when it was carried out and the old key still works`, async () => {
      const olds = await prepare(subject());
      subject().sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hang" } });
      const error = await rejection(rotate(subject(), olds, "1h"));
      assert.match(error.message, /was reset, but LaunchDarkly's answer with the new key was lost\. The old key works/);
      assert.deepEqual(subject().newRequests(), [...leading, RESET, GET_TOKEN]);
      assert.ok(subject().accepts(olds["token"] ?? subject().token.key));
      const outs = await subject().provider.update(error.saved?.properties ?? {}, subject().inputs());
      assert.equal(outs["token"], subject().currentKey());
    });
  }

  it("is noticed by the next run when it is carried out after the end of this one", async () => {
    const { provider, inputs, newRequests, currentKey, accepts } = subject();
    const { outs: olds } = await provider.create(inputs());
    newRequests();
    const carryOut = holdNextReset();
    const edited = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const outs = await provider.update(olds, edited);
    await carryOut();
    assert.ok(!accepts(outs["token"]), "the key of this run is dead");

    newRequests();
    provider.shown.length = 0;
    assert.equal((await provider.diff(outs, edited)).changes, true);
    assert.match(
      String(provider.shown[0]),
      /an attempt of the last reset was not answered; this run looks whether it was carried out late/,
    );
    const healed = await provider.update(outs, edited);
    assert.deepEqual(newRequests(), [GET_TOKEN, RESET, WHO]);
    assert.equal(healed["token"], currentKey());
    assert.equal((await provider.diff(healed, edited)).changes, false);
  });

  it("is looked for by the next run, too, when this one gives up before it is carried out", async () => {
    const { sandbox, provider, inputs, newRequests, currentKey, accepts } = subject();
    const { outs: olds } = await provider.create(inputs());
    newRequests();
    const carryOut = holdNextReset();
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "status", status: 403 } });
    const edited = inputs({ triggers: { a: 2 }, oldKeyExpiry: "immediate" });
    const error = await rejection(provider.update(olds, edited));
    assert.match(error.message, /was not reset: .*403.* an attempt before may yet be carried out/i);
    assert.deepEqual(newRequests(), [GET_TOKEN, RESET], "the reset that is held is not processed yet");
    await carryOut();
    assert.ok(!accepts(olds["token"]), "the key of the state is dead");

    newRequests();
    const saved = error.saved?.properties ?? {};
    assert.equal(saved["token"], olds["token"]);
    assert.equal((await provider.diff(saved, inputs())).changes, true, "even if the trigger is edited back");
    const healed = await provider.update(saved, inputs());
    assert.deepEqual(newRequests(), [GET_TOKEN, RESET, WHO]);
    assert.equal(healed["token"], currentKey());
  });

  it("is looked for once, when it was not carried out", async () => {
    const { sandbox, provider, inputs, newRequests } = subject();
    const { outs: olds } = await provider.create(inputs());
    sandbox.faults.add({ route: RESET, when: "before", fault: { kind: "drop" } });
    const edited = inputs({ triggers: { a: 2 } });
    const outs = await provider.update(olds, edited);
    newRequests();
    const looked = await provider.update(outs, edited);
    assert.deepEqual(newRequests(), [GET_TOKEN]);
    assert.equal((await provider.diff(looked, edited)).changes, false);
    assert.equal(looked["token"], outs["token"]);
  });

  it("leaves it to the next update when the token can't be read in time either", async () => {
    const [, update] = rotationMethods;
    const olds = (await update?.prepare(subject())) ?? {};
    subject().sandbox.faults.add({ route: RESET, when: "after", fault: { kind: "hang" } });
    subject().sandbox.faults.add({ route: GET_TOKEN, when: "before", times: 5, fault: { kind: "hang" } });
    const error = await rejection(update?.rotate(subject(), olds, "1h") ?? Promise.resolve());
    assert.match(error.message, /may have been reset: .*no answer within 2 s/);
    assert.deepEqual(subject().newRequests(), [RESET, ...Array<string>(5).fill(GET_TOKEN)]);
  });
});
