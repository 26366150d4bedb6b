/**
 * A resource that is replaced while the one that takes its place has no key that has proven to work: the key that people held
 * gets no end, also with "immediate", until there is one.
 */
import assert from "node:assert/strict";

import { PartialFailure, type Provider } from "../../../provider/hosts/dynamic/provider";
import { MOST_FAILURES } from "../../../provider/rotation/repeatedCall";
import { stored } from "../../support/inProcessProvider";
import { type KindProvider, nothing, startKindProvider } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const DAY = 86_400_000;

for (const kind of ownedKinds) {
  const { credential, MAKE, VERIFY } = kind;
  const { className, outputs, wording } = credential;

  describe(`a ${className} that is replaced by one without a key`, () => {
    let subject: KindProvider;
    beforeEach(async () => {
      subject = await startKindProvider(kind, {}, { wait: () => Promise.resolve() });
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    const fail = (route: string) => {
      const fault = { kind: "status", status: route === MAKE ? 503 : 403 } as const;
      subject.sandbox.faults.add({ route, when: "before", times: Infinity, skip: route === MAKE ? 0 : 1, fault });
    };
    const previous = (state: Properties) => (state[outputs.previous] as { id: string }[]).map(({ id }) => id);
    const ends = () => subject.subject.place?.records().map(({ expiry }) => expiry) ?? [];
    const rotated = (oldKeyExpiry: string, a: number) => subject.inputs({ oldKeyExpiry, triggers: { a } });

    /** A hook that never gives up: the engine creates again and again, and then takes what is left for a success. */
    async function createdAtLast(provider: Provider, news: Properties): Promise<Properties> {
      for (let failures = 0; failures < 2 * MOST_FAILURES; failures++) {
        try {
          return stored((await provider.create(news)).outs);
        } catch (error) {
          assert.ok(error instanceof PartialFailure, String(error));
        }
      }
      return assert.fail("the engine gives up first");
    }

    const faults = { "could not be made": [MAKE], "is not verified": VERIFY.slice(0, 1) };
    for (const [what, failing] of Object.entries(faults)) {
      for (const oldKeyExpiry of ["immediate", "1h"]) {
        for (const route of failing) {
          it(`keeps its key until there is another one: the new one ${what}, ${oldKeyExpiry}`, async () => {
            const held = await subject.upUntilDone(nothing, subject.inputs({ oldKeyExpiry }));
            const news = rotated(oldKeyExpiry, 2);
            const provider = await subject.provider();
            await provider.check({}, news);
            fail(route);
            const left = await createdAtLast(provider, news);
            subject.sandbox.faults.clear();
            await provider.delete("", held);
            assert.ok(subject.accepts(subject.keyIn(held)));
            assert.deepEqual(
              ends().filter((end) => end !== undefined),
              [],
              "nobody can do without it",
            );
            assert.match(
              subject.shown.join("\n"),
              new RegExp(`Handed on.*: .* works on\\. .* no ${wording.short} yet that works`),
            );

            subject.sandbox.clock.move(30 * DAY);
            assert.ok(subject.accepts(subject.keyIn(held)));
            const proven = await subject.upUntilDone({ state: left, error: new Error("left undone") }, news);
            assert.ok(
              subject.accepts(subject.keyIn(held)),
              "the run that hands the new key on does not end the old one",
            );
            assert.notEqual(subject.keyIn(proven), subject.keyIn(held));
            assert.deepEqual(previous(proven), [held[outputs.id]]);
            subject.sandbox.clock.move(2 * 3_600_000);
            const after = await subject.upUntilDone({ state: proven, error: undefined }, news);
            assert.ok(!subject.accepts(subject.keyIn(held)), "then it ends as the program says");
            assert.ok(subject.accepts(subject.keyIn(after)));
          });
        }
      }
    }

    it("keeps its previous key, too, whose end the program has made immediate meanwhile", async () => {
      const first = await subject.upUntilDone(nothing, subject.inputs({ oldKeyExpiry: "24h" }));
      const held = await subject.upUntilDone({ state: first, error: undefined }, rotated("24h", 2));
      const before = ends();
      assert.ok(before.some((end) => end !== undefined));
      const news = rotated("immediate", 3);
      const provider = await subject.provider();
      await provider.check({}, news);
      fail(MAKE);
      await createdAtLast(provider, news);
      subject.sandbox.faults.clear();
      await provider.delete("", held);
      assert.ok([first, held].every((state) => subject.accepts(subject.keyIn(state))));
      assert.deepEqual(ends(), before);
    });

    it("keeps its key where the run deletes it though the creation failed", async () => {
      const held = await subject.upUntilDone(nothing, subject.inputs({ oldKeyExpiry: "immediate" }));
      const news = rotated("immediate", 2);
      const provider = await subject.provider();
      await provider.check({}, news);
      fail(MAKE);
      await assert.rejects(provider.create(news));
      subject.sandbox.faults.clear();
      const message = new RegExp(`^Not destroyed: .* no ${wording.short} yet that works`);
      await assert.rejects(provider.delete("", held), { message });
      assert.ok(subject.accepts(subject.keyIn(held)));
    });
  });
}
