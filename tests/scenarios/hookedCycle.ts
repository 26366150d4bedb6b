/** A cycle of the chaos run in which hooks never give up. */
import assert from "node:assert/strict";

import { runChaos } from "../chaos/run";
import { HOOKED_CLASSES, seedOfHookedCycle } from "../chaos/shortRun";

describe("the chaos run, with hooks", () => {
  it("ends a cycle so in which hooks never give up while new keys stay unproven", async () => {
    const options = { seed: seedOfHookedCycle(), cycles: 1, lanes: 1, classNames: HOOKED_CLASSES };
    const { violations, hooks } = await runChaos(options);
    assert.deepEqual(violations, []);
    assert.equal(hooks.runs, 1);
    assert.ok(hooks.retries >= 98, "calls of both strategies were repeated until they succeeded");
    assert.ok(hooks.leftUndone >= 2, "and left the proof to the next run");
  }).timeout(900_000);
});
