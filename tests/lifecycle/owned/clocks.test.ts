/** The ends of previous tokens where LaunchDarkly's clock and the local one disagree. */
import assert from "node:assert/strict";

import { DELETE, nothing, type OwnedProvider, PATCH, startOwnedProvider } from "../../support/ownedProvider";
import { ownedKeys, startOwnedKeyProvider } from "../../support/ownedKeyProvider";
import type { Properties } from "../../support/providerProcess";

const MINUTE = 60_000;

/** How far the clock of the machine that runs Pulumi is ahead of LaunchDarkly's: near enough to be believed. */
const SKEWS = [
  ["is 40 minutes ahead of LaunchDarkly's", 40 * MINUTE],
  ["is 40 minutes behind LaunchDarkly's", -40 * MINUTE],
] as const;

for (const [where, ahead] of SKEWS) {
  describe(`the end of a previous token, where the machine's clock ${where}`, () => {
    let subject: OwnedProvider;
    let news: Properties;
    let old: Properties;
    let state: Properties;

    beforeEach(async () => {
      subject = await startOwnedProvider({}, { clock: () => subject.sandbox.clock.now() + ahead });
      subject.sandbox.clock.hold();
    });
    afterEach(() => subject.stop());

    /** A rotation that leaves the old token a grace. */
    async function rotate(oldKeyExpiry: string): Promise<void> {
      old = await subject.upUntilDone(nothing, subject.inputs());
      news = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry });
      state = await subject.upUntilDone({ state: old, error: undefined }, news);
      subject.newRequests();
    }

    /** Another `up`, so much later. @returns the requests of it that change something */
    async function upAfter(milliseconds: number, edit: Properties = {}): Promise<string[]> {
      subject.sandbox.clock.move(milliseconds);
      news = { ...news, ...edit };
      state = await subject.upUntilDone({ state, error: undefined }, news);
      return subject.newRequests().filter((route) => !route.startsWith("GET "));
    }
    const isAlive = () => subject.accepts(old["token"]);

    it("comes by deletion only when it has passed by both clocks", async () => {
      subject.sandbox.openQuestions.knowsTokenExpiry = false;
      await rotate("60m");
      // By the clock that is ahead.
      assert.deepEqual(await upAfter(30 * MINUTE), []);
      assert.ok(isAlive());
      assert.deepEqual(await upAfter(29 * MINUTE), []);
      assert.ok(isAlive());
      if (ahead < 0) {
        assert.deepEqual(await upAfter(40 * MINUTE), []);
        assert.ok(isAlive());
      }
      assert.deepEqual(await upAfter(2 * MINUTE), [DELETE]);
      assert.ok(!isAlive());
    });

    it("is an expiry while it has not passed by both clocks, when oldKeyExpiry is edited", async () => {
      await rotate("24h");
      const { expiry = Number.NaN } = subject.sandbox.store.find(String(old["tokenId"])) ?? {};
      const retiredAt = expiry - 24 * 60 * MINUTE;
      await upAfter(10 * MINUTE);
      assert.deepEqual(await upAfter(0, { oldKeyExpiry: ahead > 0 ? "30m" : "15m" }), [PATCH]);
      assert.equal(
        subject.sandbox.store.find(String(old["tokenId"]))?.expiry,
        retiredAt + (ahead > 0 ? 30 : 15) * MINUTE,
      );
      assert.ok(isAlive());
    });

    for (const acceptsPast of [false, true]) {
      it(`comes at the next up when oldKeyExpiry is immediate, where a past expiry is ${acceptsPast ? "accepted" : "refused"}`, async () => {
        subject.sandbox.openQuestions.acceptsPastTokenExpiry = acceptsPast;
        await rotate("immediate");
        assert.ok(isAlive());
        assert.deepEqual(await upAfter(0), [DELETE]);
        assert.ok(!isAlive());
        assert.deepEqual(state["previousTokens"], []);
      });
    }

    for (const edit of [{ oldKeyExpiry: "24h" }, { oldKeyExpiry: "24h", triggers: { a: 3 } }]) {
      it(`stays when it has come by LaunchDarkly's clock, whatever asks for a later one: ${JSON.stringify(edit)}`, async () => {
        subject.sandbox.openQuestions.acceptsPastTokenExpiry = true;
        await rotate("60m");
        const { expiry } = subject.sandbox.store.find(String(old["tokenId"])) ?? {};
        // By the clock that is behind, it has not come yet.
        await upAfter(61 * MINUTE, edit);
        assert.ok(!isAlive());
        assert.ok([expiry, undefined].includes(subject.sandbox.store.find(String(old["tokenId"]))?.expiry));
        assert.deepEqual(await upAfter(0), [], "nothing is left to do");
      });
    }

    it("stays when it has come by LaunchDarkly's clock, though the resource is replaced", async () => {
      const { inputs, provider, sandbox, upUntilDone } = subject;
      old = await upUntilDone(nothing, inputs());
      const token = sandbox.store.find(String(old["tokenId"])) ?? assert.fail();
      sandbox.store.save({ ...token, expiry: sandbox.clock.now() - MINUTE });
      const methods = await provider();
      await methods.check({}, inputs());
      await methods.create(inputs());
      await methods.delete("", old);
      assert.ok(!isAlive());
    });

    it("is known by both clocks before another rotation deletes what has ended", async () => {
      await rotate("60m");
      const tokenId = String(old["tokenId"]);
      const deletions = () => subject.sandbox.requests.filter(({ route }) => route === DELETE).length;
      await upAfter(30 * MINUTE, { triggers: { a: 3 } });
      await upAfter(29 * MINUTE, { triggers: { a: 4 } });
      assert.ok(isAlive());
      assert.equal(deletions(), 0);
      if (ahead < 0) {
        await upAfter(40 * MINUTE, { triggers: { a: 5 } });
        assert.equal(deletions(), 0);
      }
      await upAfter(2 * MINUTE, { triggers: { a: 6 } });
      assert.equal(subject.sandbox.store.find(tokenId), undefined);
    });
  });
}

for (const { credential, output } of ownedKeys) {
  describe(`the end of a previous ${credential.className}, where LaunchDarkly's clock is 40 minutes ahead`, () => {
    it("is set, though it has passed by that clock already, to when it has passed by both", async () => {
      const subject = await startOwnedKeyProvider(credential, {
        clock: () => subject.sandbox.clock.now() - 40 * MINUTE,
      });
      try {
        const first = await subject.done(undefined, subject.inputs());
        const rotated = subject.inputs({ triggers: { a: 2 }, oldKeyExpiry: "3h" });
        const second = await subject.done(first, rotated);
        subject.sandbox.clock.move(35 * MINUTE);
        const shorter = { ...rotated, oldKeyExpiry: "30m" };
        const third = await subject.done(second, shorter);
        assert.ok(subject.works(first[output]));
        const [{ expiresAt } = {}] = third["previousKeys"] as { expiresAt?: string }[];
        // Answers are dated to the second, and their way takes a while.
        const late = Date.parse(String(expiresAt)) - subject.sandbox.clock.now() - 35 * MINUTE;
        assert.ok(Math.abs(late) < MINUTE, `${late} ms late`);
        subject.newRequests();
        assert.deepEqual(await subject.done(third, shorter), third);
        assert.deepEqual(subject.newRequests(), [], "nothing is left to do");
        subject.sandbox.clock.move(36 * MINUTE);
        assert.ok(!subject.works(first[output]));
      } finally {
        await subject.stop();
      }
    });
  });
}
