/**
 * `pulumi destroy` of each credential that a stack owns, whatever goes wrong: every fault of every request, outages from
 * every request on, and a kill at every request.
 */
import assert from "node:assert/strict";

import { remembered } from "../../support/account";
import { type KindProvider, nothing, startKindProvider } from "../../support/kindProvider";
import { ownedKinds, standsForOthers } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { isThorough } from "../../support/thorough";
import { ACCOUNTS, FAULTS, OUTAGES } from "../scenarios";

/** One and the one before it, which lives on for its grace. */
const OWNED = 2;
/** So often one who reads what failed runs it again. */
const MOST_RUNS = 3;

const cells = ownedKinds.flatMap((kind) =>
  Object.entries(ACCOUNTS)
    .filter(([, { concerns }]) => concerns(kind))
    .map(([account, { openQuestions }]) => ({ kind, account, openQuestions })),
);

for (const { kind, account, openQuestions } of cells) {
  // Accounts differ in tokens; a kind that others stand for has its turn every night.
  const isUsual = Object.keys(openQuestions).length === 0;
  if (!isThorough && !(standsForOthers(kind) && (isUsual || kind.credential.isAccessToken))) continue;

  describe(`the end of a ${kind.credential.className}, at ${account}`, () => {
    let subject: KindProvider;
    let state: Properties;
    let bringBack: () => void;
    /** How many records there are, those of others among them. */
    let count: number;
    const records = () => subject.subject.place?.records() ?? assert.fail();

    before(async () => {
      subject = await startKindProvider(kind, { openQuestions });
      const { inputs, upUntilDone, sandbox } = subject;
      const first = { state: await upUntilDone(nothing, inputs()), error: undefined };
      state = await upUntilDone(first, inputs({ triggers: { a: 2 } }));
      subject.subject.place?.byHand("nobody's business");
      bringBack = remembered(sandbox.store);
      count = records().length;
    });
    after(() => subject.stop());

    /** One `pulumi destroy`. The engine keeps the state of a resource whose deletion fails. */
    async function destroy(): Promise<boolean> {
      const { delete: remove } = await subject.provider();
      return remove("", state).then(
        () => true,
        (error: unknown) => {
          assert.ok(error instanceof Error);
          subject.shown.push(error.message);
          return false;
        },
      );
    }

    /** Destroys with the faults that are planned, and then without, until it succeeds. */
    async function run(plan: () => void, isKilled = false) {
      const { faults, requests } = subject.sandbox;
      bringBack();
      const begun = requests.length;
      plan();
      const isDone = await destroy();
      const sent = requests.length - begun;
      faults.clear();
      if (isDone && !isKilled) assert.deepEqual(subject.marked(), [], "what succeeds leaves nothing");
      let runs = isDone && !isKilled ? MOST_RUNS : 0;
      while (runs < MOST_RUNS) runs = (await destroy()) ? MOST_RUNS : runs + 1;
      assert.deepEqual(subject.marked(), []);
      assert.equal(records().length, count - OWNED, "what the stack does not own stays");
      subject.assertSilent();
      return { sent, deletions: requests.slice(begun).filter(({ route }) => route === kind.DELETE).length };
    }

    it("deletes each once where nothing fails", async () => {
      assert.equal((await run(() => undefined)).deletions, OWNED);
    });

    it("deletes all that it owns, and nothing else, whatever happens to one request", async () => {
      const { sent } = await run(() => undefined);
      for (let skip = 0; skip < sent; skip++) {
        for (const planned of FAULTS) {
          const name = `${planned.when} ${JSON.stringify(planned.fault)} of request ${skip}`;
          const { deletions } = await run(() => {
            subject.sandbox.faults.add({ ...planned, skip });
          }).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
          // Another run deletes again what it does not know to be gone.
          assert.ok(deletions <= 2 * OWNED, `${name}: ${deletions} deletions`);
        }
      }
    });

    it("deletes all that it owns, and nothing else, wherever an outage begins, or a kill of the provider or the CLI", async () => {
      const { sent } = await run(() => undefined);
      for (let skip = 0; skip <= sent; skip++) {
        for (const planned of OUTAGES) {
          await run(() => {
            subject.sandbox.faults.add({ ...planned, skip, times: Infinity });
          }, true).catch((error: unknown) =>
            assert.fail(`${JSON.stringify(planned)} from request ${skip}: ${String(error)}`),
          );
        }
      }
    });
  });
}
