/** What killed runs leave of a record that the stack owns, and who cleans up. */
import assert from "node:assert/strict";

import { eachOwned } from "../../support/eachOwned";
import { nothing } from "../../support/kindProvider";
import { ownedKinds } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

for (const kind of ownedKinds) {
  const { className, outputs, wording, tellsUse } = kind.credential;
  // One whose creation may be sent twice looks for what a killed run has made by its identifier: keyFaults.test.ts.
  const isSearched = !kind.isRepeatable;

  describe(`the record of a ${className}, and a run that was killed`, () => {
    const subject = eachOwned(kind);
    const keyOf = (state: Properties | undefined) => state?.[outputs.key];
    const expiryOf = (id: string) =>
      subject()
        .place.records()
        .find((one) => one.id === id)?.expiry;

    if (isSearched)
      it("has its tokens kept by the next rotation, with a grace: somebody may have their keys", async () => {
        const { sandbox, inputs, assertSound, created, upFrom, said, leave } = subject();
        const state = await created();
        const mark = `[Pulumi shop/production/ci ${String(state["nonce"])} #2]`;
        const orphans = [leave(mark), leave(mark, 2_000), leave(mark, 20 * MINUTE)].map(({ id }) => id);
        const after = await upFrom(state, inputs({ triggers: { a: 2 } }));
        const end = sandbox.clock.now() + 24 * HOUR;
        assert.deepEqual(
          orphans.map((id) => expiryOf(id)),
          orphans.map(() => end),
        );
        assertSound(after);
        assert.match(String(subject().kept(after).description), / #3-[0-9a-f]{8}\]$/);
        for (const id of orphans) {
          assert.match(said(), new RegExp(`warning: Found: .*${id} .*It|Each is kept as a previous token: `));
          assert.match(said(), new RegExp(`Retired: the previous ${wording.short} ${id} .* works until`));
        }
      });

    it("has its tokens named by the preview of the next rotation, with what becomes of them", async () => {
      const { provider, inputs, created, said, leave, marked } = subject();
      const state = await created();
      const { id } = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
      const { check, diff } = await provider();
      const news = inputs({ triggers: { a: 2 } });
      await check(inputs(), { ...news, __preview: true });
      await diff("", state, news);
      assert.match(
        said(),
        new RegExp(`warning: Will keep: ${id} \\(ending in \\w{4}\\)\\. The mark is this resource's`),
      );
      assert.match(said(), new RegExp(`It is kept as a previous ${wording.short}: it works until its grace ends`));
      assert.equal(marked().length, 2, "a preview changes nothing");
    });

    it("has a newer token than the state's named by a refresh, and the next up makes another one", async () => {
      const { inputs, marked, up, created, read, said, leave, accepts } = subject();
      const state = await created();
      const { id } = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #2]`);
      const seen = await read(state);
      assert.ok(marked().includes(id), "a refresh changes nothing at LaunchDarkly");
      assert.match(said(), new RegExp(`warning: Out of date .*: this resource created ${id} \\(ending in`));
      const { state: after } = await up({ state: seen, error: undefined }, inputs());
      assert.ok(marked().includes(id), "somebody may have its key");
      assert.notEqual(keyOf(after), keyOf(state));
      assert.match(
        String(after?.["lastRotationReason"]),
        new RegExp(
          `^a newer ${wording.short} of this resource is at LaunchDarkly, ${id}, whose ${wording.secret} is not in this state$`,
        ),
      );
      assert.ok(accepts(keyOf(state)) && accepts(keyOf(after)));
    });

    it("has an older token than the state's kept by the next up after a refresh, which makes no other", async () => {
      const { sandbox, inputs, up, created, read, said, leave } = subject();
      const state = await created();
      const { id } = leave(`[Pulumi shop/production/ci ${String(state["nonce"])} #1]`);
      const seen = await read(state);
      assert.match(said(), new RegExp(`warning: Found .*: ${id} `));
      const { state: after } = await up({ state: seen, error: undefined }, inputs());
      assert.equal(keyOf(after), keyOf(state));
      assert.equal(expiryOf(id), sandbox.clock.now() + 24 * HOUR);
      assert.deepEqual(
        (after?.[outputs.previous] as { id: string }[]).map((one) => one.id),
        [id],
      );
    });

    if (isSearched)
      it("has its first token left alone by the next creation, whatever its use", async () => {
        const { inputs, marked, upUntilDone, said, leave } = subject();
        const owner = "shop/production/ci";
        const left = [undefined, 1_000].map((used) => leave(`[Pulumi ${owner} 0123456789abcdef #1]`, used).id);
        leave("[Pulumi shop/staging/ci 0123456789abcded #1]");
        await upUntilDone(nothing, inputs());
        for (const id of left) {
          assert.ok(marked().includes(id));
          assert.match(said(), new RegExp(`warning: Left alone: .*${id} `));
        }
        assert.equal(marked().length, 4);
      });

    if (tellsUse)
      it("has its first token named by every refresh, where it was verified and nobody has used it since", async () => {
        const { created, read, said, leave, marked } = subject();
        const state = await created();
        const { id: verified } = leave("[Pulumi shop/production/ci 0123456789abcdef #1]", 1_000);
        const { id: others } = leave("[Pulumi shop/staging/ci 0123456789abcdef #1]", 1_000);
        const { id: inUse } = leave("[Pulumi shop/production/ci 0123456789abcdee #1]", 20 * MINUTE);
        await read(state);
        assert.match(said(), new RegExp(`warning: Left alone .*: ${verified} `));
        assert.ok(!said().includes(others) && !said().includes(inUse));
        assert.ok(marked().includes(verified));
      });
  });
}
