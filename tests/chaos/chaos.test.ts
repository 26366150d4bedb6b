/** The chaos run: what it draws, and a short one that must find nothing. */
import assert from "node:assert/strict";

import { kinds } from "../support/kinds";
import { drawPlans } from "./plan";
import { runChaos } from "./run";
import { seedOfShortRun } from "./shortRun";

/** Few, so that npm test is fast: npm run chaos is the long run. */
const SHORT = { cycles: 5, lanes: 1 };

describe("the chaos run", () => {
  it("draws the same plans from the same seed", () => {
    assert.deepEqual(drawPlans(7, 20), drawPlans(7, 20));
    assert.notDeepEqual(drawPlans(7, 20), drawPlans(8, 20));
  });

  it("draws nothing but the kinds that are asked for", () => {
    for (const { credentials, owned } of drawPlans(7, 50, ["RotatingAccessToken"])) {
      assert.deepEqual(credentials, []);
      assert.ok(owned !== undefined && owned.turns.length > 0);
    }
    for (const { credentials, owned } of drawPlans(7, 50, ["SdkKeyRotation"])) {
      assert.ok(credentials.length > 0 && credentials.every((name) => name.startsWith("SdkKeyRotation-")));
      assert.equal(owned, undefined);
    }
  });

  it("ends every cycle with a working key in the state, and none lost or shown", async () => {
    const report = await runChaos({ seed: seedOfShortRun(SHORT.cycles, SHORT.lanes), ...SHORT });
    assert.deepEqual(report.violations, []);
    const classNames = kinds.map(({ credential }) => credential.className);
    assert.deepEqual(Object.keys(report.rotations), classNames.sort(), "every kind rotates");
    const { rotations, destroyed, forgotten } = report.owned;
    assert.ok(rotations > 0 && destroyed > 0, "so do tokens that the stack owns, and they come and go");
    assert.equal(forgotten, 0);
    assert.ok(Object.keys(report.faults).length > 0, "the plans do harm");
    assert.ok(Object.keys(report.kills).length > 0, "the plans do kill");
  }).timeout(900_000);
});
