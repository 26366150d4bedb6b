/** The preview of --replace or a taint, in which Pulumi asks nothing of the old resource: that of the new one names its key. */
import assert from "node:assert/strict";

import { type KindProvider, nothing, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

for (const kind of ownedKinds) {
  const { className, outputs, wording } = kind.credential;
  describe(`the preview of a ${className} that is replaced by --replace or a taint`, () => {
    let subject: KindProvider;
    beforeEach(async () => {
      subject = await startKindProvider(kind);
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    /** What the preview says, and what the up does: the engine checks the new one without the old inputs, and diffs neither. */
    async function previewed(news: Properties): Promise<string[]> {
      const { check } = await subject.provider();
      subject.shown.length = 0;
      await check({}, { ...news, __preview: true });
      return subject.shown.filter((message) => message.includes("Perhaps a replacement"));
    }
    const created = (news = subject.inputs()) => subject.upUntilDone(nothing, news);
    const named = (state: Properties, fate: string) => [
      `warning: Perhaps a replacement: a resource of this name has the ${wording.short} ${String(state[outputs.id])} (ending in ${String(state[outputs.lastFour])}). If this pulumi up replaces that resource, ${fate} Otherwise that ${wording.short} is left alone.`,
    ];

    it("says for how long the key works on that people hold, and asks for one list", async () => {
      const state = await created();
      const news = subject.inputs({ triggers: { a: "other" }, oldKeyExpiry: "1h" });
      subject.newRequests();
      assert.deepEqual(await previewed(news), named(state, "its key keeps working for 1 hour."));
      assert.equal(subject.newRequests().filter((route) => route === kind.LOOK).length, 1);
    });

    it('says that the key ends with the run, with "immediate"', async () => {
      const state = await created();
      const news = subject.inputs({ triggers: { a: "other" }, oldKeyExpiry: "immediate" });
      assert.deepEqual(await previewed(news), named(state, "its key ends with this pulumi up, as its last step."));
    });

    it("says of the same triggers what the class does with them", async () => {
      const news = subject.inputs({ oldKeyExpiry: "1h" });
      const state = await created(news);
      const fate = kind.isRepeatable
        ? "its key stays, because the triggers are the same."
        : "its key keeps working for 1 hour.";
      assert.deepEqual(await previewed(news), named(state, fate));
      const { check, create } = await subject.provider();
      await check({}, news);
      const made = (await create(news)).outs as Properties;
      assert.equal(subject.keyIn(made) === subject.keyIn(state), kind.isRepeatable);
    });

    it("says nothing where there is none, or where it has ended", async () => {
      assert.deepEqual(await previewed(subject.inputs()), []);
      const state = await created();
      await (await subject.provider()).delete("", state);
      assert.deepEqual(await previewed(subject.inputs()), []);
    });
  });
}
