/**
 * A hook that never gives up while the verification stays refused (401). Each refusal is tried five times with pauses, so this
 * runs in the test's own process, without them; repeatedCalls.test.ts has all other failures, in the SDK's real process.
 */
import assert from "node:assert/strict";

import { PartialFailure, type Provider } from "../../provider/hosts/dynamic/provider";
import { MOST_FAILURES } from "../../provider/rotation/repeatedCall";
import { stored } from "../support/inProcessProvider";
import { type KindProvider, nothing, startKindProvider } from "../support/kindProvider";
import { kinds } from "../support/kinds";
import { WHO } from "../support/routes";

for (const kind of kinds.filter(({ VERIFY }) => VERIFY.length > 0)) {
  describe(`an ${kind.credential.className} whose new key stays refused, and a hook that never gives up`, () => {
    let subject: KindProvider;
    beforeEach(async () => {
      subject = await startKindProvider(kind, {}, { wait: () => Promise.resolve() });
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    const refuse = () => {
      const callerId = String(subject.inputs()["tokenId"]);
      const fault = { kind: "status", status: 401 } as const;
      subject.sandbox.faults.add({ route: WHO, callerId, when: "before", times: Infinity, fault });
    };

    /** The engine repeats a call with the same old outputs. */
    async function repeated(call: (provider: Provider) => Promise<{ outs?: unknown }>) {
      const provider = await subject.provider();
      for (let failures = 0; failures < 2 * MOST_FAILURES; failures++) {
        try {
          return { left: stored((await call(provider)).outs), failures };
        } catch (error) {
          assert.ok(error instanceof PartialFailure, String(error));
        }
      }
      return assert.fail("the engine gives up first");
    }

    for (const method of ["create", "update"] as const) {
      it(`${method} succeeds with the verification left to do, resets once, and the next run verifies`, async () => {
        const news = subject.inputs({ triggers: { a: method } });
        const olds = method === "create" ? undefined : await subject.upUntilDone(nothing, subject.inputs());
        const made = subject.made();
        refuse();
        const { left, failures } = await repeated((provider) =>
          olds === undefined ? provider.create(news) : provider.update("id", olds, news),
        );
        assert.equal(failures, MOST_FAILURES - 1);
        assert.equal(subject.made() - made, 1);
        assert.ok(subject.accepts(subject.keyIn(left)));
        assert.equal(left["verificationPending"], true);
        assert.match(subject.shown.join("\n"), /warning: Left undone \(.*\): 50 attempts of this run have failed/);
        if (olds !== undefined) assert.ok(subject.accepts(subject.keyIn(olds)), "the key that people hold");
        subject.sandbox.faults.clear();
        const after = await subject.upUntilDone({ state: left, error: undefined }, news);
        assert.equal(subject.keyIn(after), subject.keyIn(left));
        assert.deepEqual([after["verificationPending"], subject.made() - made], [false, 1]);
      });
    }
  });
}
