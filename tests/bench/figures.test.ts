/** The arithmetic of the bench: medians, lines, and whether a bar is met. Its tables and plots are looked at by people. */
import assert from "node:assert/strict";

import { NOTHING, OURS, PLUGIN } from "../../bench/bench";
import type { Measured } from "../../bench/contender";
import { atMost } from "../../bench/figure";
import { readOptions } from "../../bench/options";
import { chosen, scenarios } from "../../bench/scenarios";
import { fitLine, ratio, sample } from "../../bench/statistics";
import { ofPlugin, requestsFigure, wallFigure } from "../../bench/timings";

const timed = (...seconds: number[]): Measured[] =>
  seconds.map((wall) => ({ wallMs: 1000 * wall, cpuMs: undefined, requests: [] }));

describe("a sample", () => {
  it("has the median of odd and even numbers of runs, and their spread", () => {
    assert.deepEqual(sample([3, 1, 2]), { median: 2, least: 1, most: 3, runs: [3, 1, 2] });
    assert.equal(sample([4, 1, 2, 3]).median, 2.5);
    assert.throws(() => sample([]), /nothing was measured/);
  });

  it("is compared round by round, so that a slow moment of the machine does not count", () => {
    assert.equal(ratio(sample([2, 20, 3]), sample([1, 10, 2])).median, 2);
  });
});

describe("a line", () => {
  it("is found in points that lie on it, with no residuals", () => {
    const { slope, intercept, residuals, rSquared } = fitLine([1, 10, 100].map((x) => ({ x, y: 2 + 0.5 * x })));
    assert.deepEqual(
      [slope, intercept, rSquared].map((value) => Number(value.toFixed(9))),
      [0.5, 2, 1],
    );
    assert.ok(residuals.every((residual) => Math.abs(residual) < 1e-9));
  });

  it("shows by its residuals what does not grow with it", () => {
    const { residuals } = fitLine([1, 10, 100, 1000].map((x) => ({ x, y: 1 + x * x })));
    assert.ok(residuals.some((residual) => Math.abs(residual) > 100));
  });
});

describe("a figure", () => {
  it("meets its bar, or does not, by the median of the rounds' quotients", () => {
    const measured = { [NOTHING]: timed(1, 1, 1), [OURS]: timed(1.04, 1.2, 1.03) };
    assert.deepEqual(wallFigure("rotate, 1", measured, 1.05).bar, { text: "≤ 1.05 × nothing", isMet: true });
    assert.deepEqual(wallFigure("rotate, 1", measured, 1.03).bar, { text: "≤ 1.03 × nothing", isMet: false });
    assert.equal(wallFigure("rotate, 1", { [OURS]: timed(1) }, 1.05).bar, undefined, "without a floor");
    assert.equal(atMost(3, 3).isMet, true);
  });

  it("of the plugin is held against the floor by a bar of its own", () => {
    const measured = { [NOTHING]: timed(1, 1), [OURS]: timed(2, 2), [PLUGIN]: timed(0.7, 0.72) };
    const figure = ofPlugin(wallFigure("rotate, 1", measured, 1.05), 0.72);
    assert.equal(figure.name, "rotate, 1, wall, plugin");
    assert.deepEqual(Object.keys(figure.values), [NOTHING, PLUGIN]);
    assert.deepEqual(figure.bar, { text: "≤ 0.72 × nothing", isMet: true });
    assert.equal(ofPlugin(wallFigure("rotate, 1", measured), 0.7).bar?.isMet, false);
  });

  it("of requests holds every run to their number", () => {
    const requests = (count: number) => Array<never>(count).fill(undefined as never);
    const runs = (...counts: number[]) => counts.map((count) => ({ wallMs: 1, cpuMs: 1, requests: requests(count) }));
    assert.equal(requestsFigure("rotate 2", { [OURS]: runs(5, 5) }, 2, 2, 1).bar?.isMet, true);
    assert.equal(requestsFigure("rotate 2", { [OURS]: runs(5, 6) }, 2, 2, 1).bar?.isMet, false);
    assert.equal(requestsFigure("rotate 2", { [OURS]: runs(5), [PLUGIN]: runs(6) }, 2, 2, 1).bar?.isMet, false);
  });
});

describe("the bench's options", () => {
  it("choose scenarios: the short ones, all, or by name", () => {
    assert.ok(chosen(readOptions([])).length > 0);
    assert.ok(chosen(readOptions([])).every(({ isLong }) => isLong !== true));
    assert.equal(chosen(readOptions(["--report"])).length, scenarios.length);
    assert.deepEqual(
      chosen(readOptions(["--scenario", "load, single"])).map(({ name }) => name),
      ["load", "single"],
    );
    assert.throws(() => chosen(readOptions(["--scenario", "lode"])), /no scenario lode; there are load, single/);
  });

  it("refuse numbers that are none", () => {
    assert.equal(readOptions(["--latency", "250"]).latencyMs, 250);
    assert.throws(() => readOptions(["--rounds", "0"]), /--rounds must be a whole number above 0, not 0/);
  });
});
