/**
 * A resource that is replaced by --replace or a taint, and whose records do not say so by their identifiers or their marks:
 * it was renamed with an alias, or has taken its record over.
 */
import assert from "node:assert/strict";

import { stored } from "../../support/inProcessProvider";
import { type KindProvider, nothing, ownerOf, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

for (const kind of ownedKinds) {
  const { className, outputs } = kind.credential;
  describe(`a ${className} that is replaced after a rename or a take-over`, () => {
    let subject: KindProvider;
    beforeEach(async () => {
      subject = await startKindProvider(kind);
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    const renamed = (more: Properties = {}) =>
      subject.inputs({ owner: ownerOf(className).replace(/::ci$/, "::web"), ...more });
    const upFrom = (state: Properties | undefined, news: Properties) =>
      subject.upUntilDone(state === undefined ? nothing : { state, error: undefined }, news);

    /** One run, in which the engine makes the one and then deletes the other. It diffs neither. */
    async function replace(from: Properties, news: Properties): Promise<Properties> {
      const { check, create, delete: remove } = await subject.provider();
      await check({}, news);
      const made = stored((await create(news)).outs);
      await remove("", from);
      return made;
    }

    const states: Readonly<Record<string, () => Promise<{ state: Properties; news: Properties }>>> = {
      "it has another name since": async () => {
        const state = await upFrom(await upFrom(undefined, subject.inputs()), renamed());
        return { state, news: renamed() };
      },
      "it has another name since, and was edited": async () => {
        const edited = renamed({ description: "edited" });
        return { state: await upFrom(await upFrom(undefined, subject.inputs()), edited), news: edited };
      },
      "it has taken its record over": async () => {
        const given = subject.subject.takeOver().inputs;
        return { state: await upFrom(undefined, subject.inputs(given)), news: subject.inputs() };
      },
    };
    for (const [why, begun] of Object.entries(states)) {
      it(`leaves the key that people held its grace, and has it from then on: ${why}`, async () => {
        const { state, news } = await begun();
        const made = await replace(state, news);
        assert.ok(subject.accepts(subject.keyIn(state)), "the key that people held");
        assert.notEqual(subject.keyIn(made), subject.keyIn(state));
        const after = await upFrom(made, news);
        const previous = (after[outputs.previous] as { id: string }[]).map(({ id }) => id);
        assert.deepEqual(previous, [state[outputs.id]]);
        assert.deepEqual(subject.marked().sort(), [state[outputs.id], after[outputs.id]].sort());
        await (await subject.provider()).delete("", after);
        assert.deepEqual(subject.marked(), []);
      });
    }
  });
}
