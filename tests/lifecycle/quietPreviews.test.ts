/** A preview of which nothing follows: it asks LaunchDarkly nothing, whatever the resource has behind it. */
import assert from "node:assert/strict";

import { eachKindProvider, nothing } from "../support/kindProvider";
import { everyKind } from "../support/kinds";
import type { Properties } from "../support/providerProcess";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

for (const kind of everyKind) {
  describe(`a preview of ${kind.credential.className} with nothing due`, () => {
    const subject = eachKindProvider(kind);

    /** As the engine does for a resource that exists: its check, and then its diff. */
    async function preview(state: Properties, news: Properties, olds = news): Promise<void> {
      const provider = await subject().provider();
      const { failures = [] } = await provider.check(olds, { ...news, __preview: true });
      assert.deepEqual(failures, []);
      const { changes, replaces } = await provider.diff("", state, news);
      assert.deepEqual([changes, replaces ?? []], [false, []]);
    }
    const up = (state: Properties | undefined, more: Properties = {}) =>
      subject().upUntilDone({ state, error: undefined }, subject().inputs(more));

    it("sends no request after the first up", async () => {
      const state = await up(undefined);
      subject().newRequests();
      await preview(state, subject().inputs());
      assert.deepEqual(subject().newRequests(), []);
    });

    it("sends none within the grace of a rotation, nor after it", async () => {
      const state = await up(await up(undefined), { triggers: { a: 2 } });
      subject().newRequests();
      for (const passed of [0, 30 * MINUTE, 100 * DAY]) {
        subject().sandbox.clock.move(passed);
        await preview(state, subject().inputs({ triggers: { a: 2 } }));
      }
      assert.deepEqual(subject().newRequests(), []);
    });

    it("sends none for a key that is younger than rotateAfter, nor for one that is frozen", async () => {
      const [aged, frozen] = [subject().inputs({ rotateAfter: "90d" }), subject().inputs({ frozen: true })];
      const state = await subject().upUntilDone(nothing, aged);
      subject().newRequests();
      await preview(state, aged);
      await preview(state, frozen, aged);
      assert.deepEqual(subject().newRequests(), []);
    });

    it("sends none for a key that was taken over", async () => {
      const news = subject().inputs(subject().subject.takeOver().inputs);
      const state = await subject().upUntilDone(nothing, news);
      subject().newRequests();
      await preview(state, news);
      await preview(state, subject().inputs(), news);
      assert.deepEqual(subject().newRequests(), []);
    });
  });
}
