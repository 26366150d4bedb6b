/**
 * Credentials whose creation may be sent twice, and makes one record: each answer, twice in a row, at each request that has to
 * do with it. tests/lifecycle/faultTable.test.ts has each answer once, at every request.
 */
import assert from "node:assert/strict";

import type { PlannedFault } from "../../../sandbox/faults";
import { everyFault } from "../../support/everyFault";
import { eachKindProvider, nothing, type Run } from "../../support/kindProvider";
import { ownedKinds, standsForOthers } from "../../support/kinds";
import type { Properties } from "../../support/providerProcess";
import { isThorough } from "../../support/thorough";

/** All but an answer that never comes: tests/lifecycle/answerTimeOuts.test.ts has it. */
const FAULTS = everyFault([]).filter(({ fault }) => fault.kind !== "hang");

/** One status for each way of reading it; the others have their turn every night. */
const FEW = FAULTS.filter(({ fault }) => fault.kind !== "status" || [200, 403, 409, 429, 500].includes(fault.status));

/** So often one who reads what failed runs it again. */
const MOST_RUNS = 4;

for (const kind of ownedKinds.filter(({ isRepeatable }) => isRepeatable)) {
  const { credential, routes, MAKE } = kind;
  if (!isThorough && !standsForOthers(kind)) continue;

  describe(`two faults of a creation of a ${credential.className}`, () => {
    const subject = eachKindProvider(kind);

    /** `up`s until one succeeds, of which each leaves the old key alone. */
    async function upUntilDone(before: Run, news: Properties): Promise<Properties> {
      let run = before;
      for (let runs = 1; runs <= MOST_RUNS; runs++) {
        run = await subject().up({ ...run, error: undefined }, news);
        if (before.state !== undefined)
          assert.ok(subject().accepts(subject().keyIn(before.state)), "the old key works");
        if (run.error === undefined && run.state !== undefined) return run.state;
      }
      return assert.fail(subject().shown.join("\n"));
    }

    /** Two `up`s of a rotation that meets them, from which one more key comes, and no key is forgotten. */
    async function rotateWith(...faults: readonly PlannedFault[]): Promise<void> {
      const { inputs, sandbox, keyIn, marked, accepts, assertSound } = subject();
      const first = await upUntilDone(nothing, inputs());
      const news = inputs({ triggers: { a: 2 } });
      for (const planned of faults) sandbox.faults.add(planned);
      const second = await upUntilDone({ state: first, error: undefined }, news);
      const settled = await upUntilDone({ state: second, error: undefined }, news);
      assert.equal(marked().length, 2);
      const previous = settled[credential.outputs.previous] as { id: string }[];
      assert.deepEqual(
        [...previous.map(({ id }) => id), settled[credential.outputs.id]],
        marked(),
        "no key is forgotten",
      );
      assert.ok(accepts(keyIn(settled)));
      assertSound(settled);
    }

    for (const { when, fault } of isThorough ? FAULTS : FEW) {
      const what = `${fault.kind} ${"status" in fault ? fault.status : ""} ${when}`;
      const twice = { when, fault, times: 2 };

      it(`leave one key more, which is known, and the old one its grace: ${what}, at the creation`, async () => {
        await rotateWith({ route: MAKE, ...twice });
      });

      it(`leave one key more, which is known, and the old one its grace: ${what}, at the end of the one before`, async () => {
        await rotateWith({ route: routes.change, ...twice });
      });

      it(`leave one key more, which is known, and the old one its grace: ${what}, at the look for what was made`, async () => {
        // It comes only after an identifier that is taken.
        const lost = { route: MAKE, when: "after", fault: { kind: "status", status: 500 } } as const;
        await rotateWith(lost, { route: routes.show, ...twice });
      });
    }
  });
}
