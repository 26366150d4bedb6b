/** The bench runs with the real CLI, and counts requests: without timing. `npm run test:nightly`. */
import assert from "node:assert/strict";
import path from "node:path";

import {
  AS_LARGE,
  type Bench,
  COMPARED,
  HAND_WRITTEN,
  NOTHING,
  OURS,
  PLUGIN,
  programs,
  SCRIPT,
  withStacks,
} from "../../bench/bench";
import type { Measured } from "../../bench/contender";
import { readOptions } from "../../bench/options";
import { measure, rotationsOf } from "../../bench/rotations";
import { RESET, WHO } from "../support/routes";

const COUNT = 2;

/** The checkout's own build, as the other tests use it. */
const bench: Bench = {
  options: readOptions(["--quick"]),
  packed: undefined,
  before: undefined,
  say: () => undefined,
};

const routes = (measured: Measured | undefined) => measured?.requests.map(({ route }) => route).sort();

describe("the bench", function () {
  this.timeout(120_000);

  it("rotates with the real CLI, and counts what each asks of the API", async () => {
    const results: Record<string, Measured | undefined> = {};
    const textLengths: Record<string, number> = {};
    const states: Record<string, number> = {};
    // Side by side, which no measurement may be.
    const stacks = programs(bench, [...COMPARED, AS_LARGE]).map((program) =>
      withStacks([program], {}, async (sandbox, [contender]) => {
        if (contender === undefined) return;
        const rotations = rotationsOf(contender, sandbox, COUNT);
        await rotations.create();
        textLengths[contender.name] = contender.stubBytes();
        states[contender.name] = contender.stateBytes();
        if (contender.name === AS_LARGE) return;
        const measured = await measure([rotations], ["rotate"], 1, contender.name === OURS ? sandbox : undefined);
        Object.assign(
          results,
          Object.fromEntries(Object.entries(measured.get("rotate") ?? {}).map(([name, [one]]) => [name, one])),
        );
        if (contender.name !== OURS) return;
        assert.deepEqual(routes(await rotations.do("no change")), []);
        assert.ok(contender.stateBytes() > COUNT * 2 * contender.stubBytes());
        assert.equal(path.basename(contender.folder), "project");
      }),
    );
    await Promise.all(stacks);
    const each = [RESET, RESET, WHO, WHO].sort();
    assert.equal(textLengths[AS_LARGE], textLengths[OURS]);
    assert.deepEqual(routes(results[NOTHING]), []);
    assert.deepEqual(routes(results[HAND_WRITTEN]), each);
    assert.deepEqual(routes(results[OURS]), [...each, WHO].sort());
    assert.deepEqual(routes(results[PLUGIN]), [...each, WHO].sort());
    assert.equal(textLengths[PLUGIN], 0);
    assert.ok((states[PLUGIN] ?? Infinity) < (states[NOTHING] ?? 0), "a smaller state than that of what does nothing");
    assert.deepEqual(routes(results[SCRIPT]), [...each, WHO].sort());
    for (const { cpuMs = 0, wallMs } of [results[NOTHING], results[OURS]].map((one) => one ?? assert.fail())) {
      assert.ok(cpuMs > 0 && wallMs > 0);
    }
  });
});
