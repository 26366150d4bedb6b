/**
 * A resource that is replaced, and whose old one is deleted only runs later, because something failed meanwhile: the key that
 * people held keeps its grace, though LaunchDarkly does not say that anybody uses it.
 */
import assert from "node:assert/strict";

import { stored } from "../../support/inProcessProvider";
import { type KindProvider, nothing, ownerOf, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

for (const kind of ownedKinds) {
  const { className, outputs } = kind.credential;
  describe(`a ${className} whose old resource is deleted by a later run`, () => {
    let subject: KindProvider;
    beforeEach(async () => {
      subject = await startKindProvider(kind);
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    /** One run of the engine; at its end it may come to the deletion of the old resource. */
    async function run(state: Properties | undefined, news: Properties, old?: Properties): Promise<Properties> {
      const { check, create, diff, update, delete: remove } = await subject.provider();
      // The engine asks a second time without the inputs of the old resource, for the one that takes its place.
      if (state === undefined && news["owner"] === subject.inputs()["owner"]) await check(subject.inputs(), news);
      await check(state === undefined ? {} : news, news);
      let after = state;
      if (state === undefined) after = stored((await create(news)).outs);
      else if ((await diff("", state, news)).changes === true) after = stored((await update("", state, news)).outs);
      if (old !== undefined) await remove("", old);
      return after ?? assert.fail();
    }
    const previous = (state: Properties) => (state[outputs.previous] as { id: string }[]).map(({ id }) => id);
    const movedOwner = ownerOf(className).replace("pulumi-nodejs:", "my:index:Team$pulumi-nodejs:");

    for (const [how, more] of Object.entries({ "the same name": {}, "other parents": { owner: movedOwner } })) {
      for (const [failed, minutes] of [
        [0, 120],
        [1, 120],
        [2, 120],
        // As old as what a killed creation leaves, which has no resource that is deleted.
        [1, 1],
        [2, 1],
      ] as const) {
        it(`keeps its grace, and is owned from then on: ${how}, ${minutes} min old, after ${failed} runs without the deletion`, async () => {
          const first = await subject.upUntilDone(nothing, subject.inputs());
          subject.sandbox.clock.move(minutes * MINUTE);
          const news = subject.inputs({ triggers: { a: 2 }, ...more });
          let made: Properties | undefined;
          for (let runs = 0; runs < failed; runs++) made = await run(made, news);
          made = await run(made, news, first);
          assert.ok(subject.accepts(subject.keyIn(first)), "the key that people held");
          const after = await run(made, news);
          assert.deepEqual(previous(after), [first[outputs.id]]);
          await (await subject.provider()).delete("", after);
          assert.deepEqual(subject.marked(), []);
        });
      }

      it(`keeps its grace where nobody runs anything for more than a week: ${how}`, async () => {
        const first = await subject.upUntilDone(nothing, subject.inputs());
        subject.sandbox.clock.move(2 * HOUR);
        const news = subject.inputs({ triggers: { a: 2 }, ...more });
        const made = await run(undefined, news);
        subject.sandbox.clock.move(8 * 24 * HOUR);
        const later = await run(made, news, first);
        assert.ok(subject.accepts(subject.keyIn(first)), "the key that people held");
        assert.deepEqual(previous(await run(later, news)), [first[outputs.id]]);
      });

      it(`is looked for no more once nothing comes: ${how}`, async () => {
        await subject.upUntilDone(nothing, subject.inputs());
        subject.sandbox.clock.move(2 * HOUR);
        const news = subject.inputs({ triggers: { a: 2 }, ...more });
        let made = await run(undefined, news);
        for (const days of [0, 3, 3, 3]) {
          subject.sandbox.clock.move(days * 24 * HOUR);
          made = await run(made, news);
        }
        subject.newRequests();
        await run(made, news);
        assert.deepEqual(subject.newRequests(), []);
      });
    }
  });
}
