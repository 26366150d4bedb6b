/** What the pages say of deleteBeforeReplace, for each class that owns its records: the deletion comes before the creation. */
import assert from "node:assert/strict";

import { stored } from "../../support/inProcessProvider";
import { type KindProvider, nothing, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const HOUR = 3_600_000;

for (const kind of ownedKinds) {
  const { className, outputs } = kind.credential;
  describe(`a ${className} that is replaced under deleteBeforeReplace`, () => {
    let subject: KindProvider;
    beforeEach(async () => {
      subject = await startKindProvider(kind);
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    /** One run, in which the engine deletes the old one before it makes the new one. */
    async function replace(state: Properties, news: Properties, between: () => void): Promise<Properties> {
      const { check, create, delete: remove } = await subject.provider();
      await check(news, news);
      await remove("", state);
      between();
      await check({}, news);
      return stored((await create(news)).outs);
    }

    it("makes another key, also for the same triggers, and the old one keeps its grace", async () => {
      const news = subject.inputs({ oldKeyExpiry: "1h" });
      const state = await subject.upUntilDone(nothing, news);
      const made = subject.made();
      const after = await replace(state, news, () => {
        assert.equal(subject.made(), made, "none is there yet");
      });
      assert.equal(subject.made(), made + 1);
      assert.notEqual(subject.keyIn(after), subject.keyIn(state));
      assert.ok(subject.accepts(subject.keyIn(state)) && subject.accepts(subject.keyIn(after)));
      subject.sandbox.clock.move(HOUR);
      assert.ok(!subject.accepts(subject.keyIn(state)) && subject.accepts(subject.keyIn(after)));
    });

    it('ends the old key before there is another one, with "immediate"', async () => {
      const news = subject.inputs({ oldKeyExpiry: "immediate" });
      const state = await subject.upUntilDone(nothing, news);
      const after = await replace(state, news, () => {
        assert.ok(!subject.accepts(subject.keyIn(state)));
      });
      assert.deepEqual(subject.marked(), [after[outputs.id]]);
      assert.ok(subject.accepts(subject.keyIn(after)));
    });
  });
}
