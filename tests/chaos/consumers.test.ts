import assert from "node:assert/strict";

import { type Caller, startCaller } from "../support/sandboxCaller";
import { type Consumers, watchConsumers } from "./consumers";

const NEXT_RUN = { wasKilled: false };

describe("the watch over the consumers of a token", () => {
  let caller: Caller;
  let consumers: Consumers;

  beforeEach(async () => {
    caller = await startCaller();
    consumers = watchConsumers(caller.sandbox, [{ id: caller.token.id, held: caller.token.key }]);
  });
  afterEach(() => caller.sandbox.stop());

  /** Resets the token with a grace, or without, and returns the new key. */
  const reset = async (graceMs = 3_600_000) => {
    const expiry = graceMs === 0 ? "" : `?expiry=${caller.sandbox.clock.now() + graceMs}`;
    return String((await caller.call("POST", `/tokens/${caller.token.id}/reset${expiry}`)).json["token"]);
  };

  for (const endsOlderGrace of [false, true]) {
    describe(endsOlderGrace ? "where a reset ends older graces" : "where older keys keep their grace", () => {
      beforeEach(() => {
        caller.sandbox.openQuestions.endsOlderGrace = endsOlderGrace;
      });

      it("is content with one reset, and with another in the next run after a lost answer", async () => {
        await reset();
        consumers.beginRun(NEXT_RUN);
        await reset();
        assert.deepEqual(consumers.end(), []);
      });

      it("is content with a second reset in a run when a consumer may hold the key of the first", async () => {
        const key = await reset();
        consumers.mayHold(caller.token.id, key);
        await reset();
        assert.deepEqual(consumers.end(), []);
      });

      it(`${endsOlderGrace ? "objects to" : "is content with"} a second reset in the run that lost the answer`, async () => {
        await reset();
        await reset();
        assert.equal(consumers.end().length, endsOlderGrace ? 1 : 0);
      });

      it("is content with two resets in the run after a kill, whose own reset may have come late", async () => {
        consumers.beginRun({ wasKilled: true });
        await reset();
        await reset();
        assert.deepEqual(consumers.end(), []);
      });

      it("is content with a reset that comes late, after it was given up, beside the one that was sent in its place", async () => {
        caller.sandbox.faults.add({ when: "before", fault: { kind: "hold", until: Promise.resolve() } });
        await reset();
        await reset();
        assert.deepEqual(consumers.end(), []);
      });

      it("is content with what follows once there is nothing left to lose", async () => {
        await reset();
        consumers.beginRun(NEXT_RUN);
        await reset();
        await reset();
        assert.deepEqual(consumers.end(), []);
      });

      it("objects to a reset that ends the key at once, though a grace was promised", async () => {
        await reset(0);
        assert.equal(consumers.end().length, 1);
      });
    });
  }

  it("is over at its end", async () => {
    assert.deepEqual(consumers.end(), []);
    await reset(0);
    assert.deepEqual(consumers.end(), []);
  });
});
