/**
 * A creation that is carried out only after the client has given it up, in a run whose call Pulumi repeats at once, as a hook
 * asks it to: the next run still looks for what has come late.
 */
import assert from "node:assert/strict";

import { stored } from "../../support/inProcessProvider";
import { type KindProvider, nothing, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

/** What fails the call after the creation was given up, and how many requests to there are let through before. */
type Failing = readonly [what: string, route: string | undefined, skip: number];

for (const kind of ownedKinds) {
  const { className } = kind.credential;
  describe(`a creation of a ${className} that is carried out late`, () => {
    let subject: KindProvider;
    let carryOut: () => void;
    beforeEach(async () => {
      carryOut = () => undefined;
      const environment = (name: string) => (name === "LAUNCHDARKLY_HTTP_TIMEOUT" ? "1" : undefined);
      subject = await startKindProvider(kind, {}, { environment });
    });
    afterEach(async () => {
      carryOut();
      await subject.stop();
    });

    /** One call of the engine, which fails, and the same call again. */
    async function updatedTwice(state: Properties, news: Properties): Promise<Properties> {
      const { check, diff, update } = await subject.provider();
      await check(news, news);
      await diff("", state, news);
      await assert.rejects(update("", state, news));
      subject.sandbox.faults.clear();
      return stored((await update("", state, news)).outs);
    }

    const failing: Failing[] = [
      kind.isRepeatable
        ? ["the next try is refused", kind.MAKE, 0]
        : ["the look for what was made is refused", kind.routes.list, 1],
      ["the next one is not verified", kind.VERIFY[0], 1],
    ];
    for (const [what, route, skip] of failing) {
      if (route === undefined) continue;
      it(`is found by the next run, though ${what}, and the call is repeated`, async () => {
        const first = await subject.upUntilDone(nothing, subject.inputs());
        const until = new Promise<void>((resolve) => (carryOut = resolve));
        subject.sandbox.faults.add({ route: kind.MAKE, when: "before", fault: { kind: "hold", until } });
        const status = { kind: "status", status: 403 } as const;
        subject.sandbox.faults.add({ route, when: "before", times: Infinity, skip, fault: status });
        const news = subject.inputs({ triggers: { a: 2 } });
        const second = await updatedTwice(first, news);
        carryOut();
        await subject.sandbox.idle();
        const next = await subject.upUntilDone({ state: second, error: undefined }, news);
        subject.assertSound(next);
        assert.equal(subject.keyIn(next), subject.keyIn(second));
        const last = await subject.upUntilDone({ state: next, error: undefined }, news);
        subject.newRequests();
        await subject.upUntilDone({ state: last, error: undefined }, news);
        assert.deepEqual(subject.newRequests(), [], "nothing is left to do");
      });
    }
  });
}
