/** A key in its grace that another resource has got, by a replacement or a restored state: an edit of the grace ends it no sooner. */
import assert from "node:assert/strict";

import { stored } from "../../support/inProcessProvider";
import { type KindProvider, nothing, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

for (const kind of ownedKinds) {
  const { className } = kind.credential;
  describe(`a previous key of a ${className} that another resource has got`, () => {
    let subject: KindProvider;
    /** How far the clock of the machine that runs Pulumi is ahead of LaunchDarkly's. */
    let ahead: number;
    beforeEach(async () => {
      ahead = 0;
      subject = await startKindProvider(kind, {}, { clock: () => subject.sandbox.clock.now() + ahead });
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    const upFrom = (state: Properties, news: Properties) => subject.upUntilDone({ state, error: undefined }, news);
    const asking = (quarter: number, oldKeyExpiry: string) => subject.inputs({ triggers: { quarter }, oldKeyExpiry });

    /** A first key, which ends an hour after the second one was made, and a resource of a longer grace that has got both. */
    async function inherited(): Promise<{ first: unknown; state: Properties }> {
      const one = await subject.upUntilDone(nothing, asking(1, "1h"));
      const two = await upFrom(one, asking(2, "1h"));
      const { check, create, delete: remove } = await subject.provider();
      await check({}, asking(3, "24h"));
      const made = stored((await create(asking(3, "24h"))).outs);
      await remove("", two);
      return { first: subject.keyIn(one), state: await upFrom(made, asking(3, "24h")) };
    }

    it("works as long as its end says, though the grace is made shorter", async () => {
      const { first, state } = await inherited();
      const after = await upFrom(state, asking(3, "2h"));
      assert.ok(subject.accepts(first), "its end has not come");
      subject.newRequests();
      await upFrom(after, asking(3, "2h"));
      assert.deepEqual(subject.newRequests(), []);
      subject.sandbox.clock.move(HOUR);
      assert.ok(!subject.accepts(first), "and it is made no longer");
    });

    it("works as long as its first end says, though the grace is made longer, and then shorter", async () => {
      const { first, state } = await inherited();
      const longer = await upFrom(state, asking(3, "48h"));
      await upFrom(longer, asking(3, "2h"));
      subject.sandbox.clock.move(HOUR - 1);
      assert.ok(subject.accepts(first), "its end has not come");
    });

    it("ends by a grace that is made shorter than what is left of it", async () => {
      const { first, state } = await inherited();
      const after = await upFrom(state, asking(3, "10m"));
      assert.ok(subject.accepts(first));
      subject.newRequests();
      await upFrom(after, asking(3, "10m"));
      assert.deepEqual(subject.newRequests(), []);
      subject.sandbox.clock.move(HOUR / 6);
      assert.ok(!subject.accepts(first));
    });

    it("does not end by LaunchDarkly's clock alone, where a grace that is made shorter is over by ours before it begins", async () => {
      const { first, state } = await inherited();
      ahead = 0.75 * HOUR;
      const after = await upFrom(state, asking(4, "10m"));
      // It was LaunchDarkly's clock that was wrong.
      subject.sandbox.clock.move(ahead);
      ahead = 0;
      await upFrom(after, asking(4, "10m"));
      assert.ok(subject.accepts(first), "its grace has just begun");
      subject.sandbox.clock.move(HOUR / 6);
      await upFrom(after, asking(4, "10m"));
      assert.ok(!subject.accepts(first));
    });
  });
}
