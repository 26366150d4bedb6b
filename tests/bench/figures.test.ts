/** The figures of the bench: medians, lines, and whether they meet their bars. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import prettier from "prettier";

import { NOTHING, OURS } from "../../bench/bench";
import type { Measured } from "../../bench/contender";
import { atMost, digits, type Figure } from "../../bench/figure";
import { readOptions } from "../../bench/options";
import { reasonFor } from "../../bench/reasons";
import { textTable } from "../../bench/report/table";
import { writeReport } from "../../bench/report/write";
import { chosen, scenarios } from "../../bench/scenarios";
import { fitLine, ratio, sample } from "../../bench/statistics";
import { requestsFigure, wallFigure } from "../../bench/timings";
import { repository } from "../../tools/stack/workspace";

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

  it("of requests holds every run to their number", () => {
    const requests = (count: number) => Array<never>(count).fill(undefined as never);
    const runs = (...counts: number[]) => counts.map((count) => ({ wallMs: 1, cpuMs: 1, requests: requests(count) }));
    assert.equal(requestsFigure("rotate 2", { [OURS]: runs(5, 5) }, 2, 2, 1).bar?.isMet, true);
    assert.equal(requestsFigure("rotate 2", { [OURS]: runs(5, 6) }, 2, 2, 1).bar?.isMet, false);
  });

  it("is shown with three digits that count", () => {
    assert.deepEqual([0.0123, 1.234, 12.34, 1234.5, 7].map(digits), ["0.01", "1.23", "12.3", "1235", "7"]);
  });

  it("stands in the table with what it has to reach", () => {
    const table = textTable([wallFigure("rotate, 1", { [NOTHING]: timed(1), [OURS]: timed(2) }, 1.05)]);
    assert.match(table, /rotate, 1, wall +nothing 1 s; ours 2 s +2\.00 × nothing +≤ 1\.05 × nothing +NOT MET/);
  });
});

describe("a bar that is not met", () => {
  it("has its reason below the table, and one that is met has none", () => {
    const tableOf = (ours: number) =>
      textTable([wallFigure("rotate, 1", { [NOTHING]: timed(1), [OURS]: timed(ours) }, 1.05)]);
    assert.match(
      tableOf(2),
      /^rotate, 1, wall is not met\. Why, as measured for docs\/bench: loading axios and zod takes/m,
    );
    assert.doesNotMatch(tableOf(1), /is not met/);
  });

  it("has a reason in the last report, which the page tells", () => {
    const folder = path.join(repository, "docs", "bench");
    const { figures } = JSON.parse(readFileSync(path.join(folder, "figures.json"), "utf8")) as { figures: Figure[] };
    const unmet = figures.filter(({ bar }) => bar?.isMet === false).map(({ name }) => name);
    const page = readFileSync(path.join(folder, "figures.md"), "utf8");
    for (const name of unmet)
      assert.ok(
        page.includes(`${name} is not met. Why, as measured for docs/bench: ${reasonFor(name) ?? "no reason"}`),
        name,
      );
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

describe("the report", () => {
  it("is written as JSON, as a page and as plots, with what could not be measured", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "launchdarkly-bench-"));
    try {
      const points = [1, 2, 3].map((x) => ({ x, y: x }));
      const figures = [wallFigure("rotate, 1", { [NOTHING]: timed(1), [OURS]: timed(1) }, 1.05)];
      const growth = [{ name: OURS, points, line: fitLine(points) }];
      const versions = { node: "v0" };
      const machine = { at: "", commit: "", processor: "", cores: 2, memoryGiB: 1, system: "", versions, load: 0 };
      await writeReport({ machine, figures, growth, failures: { limited: "no time\nat all" } }, folder);
      assert.deepEqual(readdirSync(folder).sort(), ["figures.json", "figures.md", "growth.svg", "one.svg"]);
      const page = readFileSync(path.join(folder, "figures.md"), "utf8");
      assert.match(page, /\| rotate, 1, wall \|.*1\.00 × nothing.*\| met/);
      assert.match(page, /- Not measured: limited\. no time$/m);
      assert.ok(await prettier.check(page, { parser: "markdown", printWidth: 120 }));
      assert.match(readFileSync(path.join(folder, "growth.svg"), "utf8"), /^<svg .*<\/svg>\n$/s);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
