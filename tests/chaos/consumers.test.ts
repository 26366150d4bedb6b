/** The watch over consumers: which histories of a key it objects to. */
import assert from "node:assert/strict";

import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { kinds } from "../support/kinds";
import { type Consumers, watchConsumers } from "./consumers";
import { addEveryCredential, type ChaosCredential, hasGrace, keepsOlderGrace } from "./credentials";

const NEXT_RUN = { wasKilled: false };

for (const kind of kinds.filter(hasGrace)) {
  const { className, isReadable } = kind.credential;

  describe(`the watch over the consumers of a credential, ${className}`, () => {
    let sandbox: Sandbox;
    let one: ChaosCredential;
    let consumers: Consumers;
    /** How often the watch objects to a reset that ends the grace of an older key, if it ends it. */
    let objections: number;

    beforeEach(async () => {
      sandbox = await startSandbox();
      objections = keepsOlderGrace(kind, sandbox) ? 0 : 1;
      one = addEveryCredential(sandbox).find((added) => added.kind === kind) ?? assert.fail();
      consumers = watchConsumers(sandbox, [one]);
    });
    afterEach(() => sandbox.stop());

    /** Resets the credential with a grace, or without, and returns the new key. */
    async function reset(graceMs = 3_600_000): Promise<string> {
      const expiry = graceMs === 0 ? "" : `?expiry=${sandbox.clock.now() + graceMs}`;
      const response = await fetch(`${sandbox.url}${kind.credential.paths.reset(one.credential.identity)}${expiry}`, {
        method: "POST",
        headers: { Authorization: sandbox.adminKey, "Content-Type": "application/json" },
      });
      assert.equal(response.status, 200);
      return one.credential.currentKey();
    }

    /** Holds the next reset back, as if it had been given up, for as good as no time. */
    function holdNext(): void {
      sandbox.faults.add({ when: "before", fault: { kind: "hold", until: Promise.resolve() } });
    }

    for (const endsOlderGrace of [false, true]) {
      describe(endsOlderGrace ? "where a reset ends older graces" : "where older keys keep their grace", () => {
        beforeEach(() => {
          sandbox.openQuestions.endsOlderGrace = endsOlderGrace;
          if (endsOlderGrace) objections = 1;
        });

        it(`${isReadable ? "objects to" : "is content with"} another reset in the next run after a lost answer`, async () => {
          await reset();
          consumers.beginRun(NEXT_RUN);
          await reset();
          assert.equal(consumers.end().length, isReadable ? objections : 0);
        });

        it("is content with another reset in the next run after a kill", async () => {
          await reset();
          consumers.beginRun({ wasKilled: true });
          await reset();
          assert.deepEqual(consumers.end(), []);
        });

        it("is content with one reset", async () => {
          await reset();
          assert.deepEqual(consumers.end(), []);
        });

        it("is content with a second reset in a run when a consumer may hold the key of the first", async () => {
          const key = await reset();
          consumers.mayHold(one.name, key);
          await reset();
          assert.deepEqual(consumers.end(), []);
        });

        it("objects to a second reset in the run that lost the answer, if it ends the grace", async () => {
          await reset();
          await reset();
          assert.equal(consumers.end().length, objections);
        });

        it("is content with two resets in the run after a kill, whose own reset may have come late", async () => {
          consumers.beginRun({ wasKilled: true });
          await reset();
          await reset();
          assert.deepEqual(consumers.end(), []);
        });

        it("is content with a reset that comes late, after it was given up, beside the one that was sent in its place", async () => {
          holdNext();
          await reset();
          await reset();
          assert.deepEqual(consumers.end(), []);
        });

        it(`${isReadable ? "objects to" : "is content with"} a reset in the run after one that came late`, async () => {
          holdNext();
          await reset();
          consumers.beginRun(NEXT_RUN);
          await reset();
          assert.equal(consumers.end().length, isReadable ? objections : 0);
        });

        it("is content with what follows once there is nothing left to lose", async () => {
          await reset();
          consumers.beginRun({ wasKilled: true });
          await reset();
          await reset();
          assert.deepEqual(consumers.end(), []);
        });

        it("objects to a reset that ends the key at once, though a grace was promised", async () => {
          await reset(0);
          assert.equal(consumers.end().length, 1);
        });

        it("objects to a late reset that ends the key at once, though a grace was promised", async () => {
          holdNext();
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
}
