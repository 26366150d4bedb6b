/** From one token to 1,000: how the duration of their first rotation grows, and the memory of the provider's process. */
import { AS_LARGE, type Bench, NOTHING, type Outcome, OURS, programs, type Scenario, withStacks } from "../bench";
import { type Figure, digits } from "../figure";
import { withPeakMemory } from "../peakMemory";
import type { Growth } from "../report/growthSvg";
import { rotationsOf } from "../rotations";
import { fitLine, sample, type Sample } from "../statistics";
import { againstFloor } from "../timings";

const SIZES = [1, 10, 100, 300, 1000];
const QUICK_SIZES = [1, 3];
/** How far a measured duration may be from the line, in its own size. */
const ALLOWED_RESIDUAL = 0.1;
/** The engine's own growth is not linear. So ours is held against what does nothing, at the most tokens. */
const ALLOWED_QUOTIENT = 1.1;

interface Rotated {
  readonly count: number;
  readonly seconds: number;
  readonly peakMB: number | undefined;
}

export const scale: Scenario = {
  name: "scale",
  summary: "1 to 1,000 tokens: growth of the first rotation's duration, and peak memory",
  isLong: true,
  async run(bench) {
    const results: Record<string, Rotated[]> = { [NOTHING]: [], [AS_LARGE]: [], [OURS]: [] };
    for (const count of bench.options.isQuick ? QUICK_SIZES : SIZES) {
      bench.say(`  ${count} tokens`);
      for (const [name, rotated] of Object.entries(await rotateAll(bench, count))) results[name]?.push(rotated);
    }
    return outcome(results);
  },
};

function rotateAll(bench: Bench, count: number): Promise<Record<string, Rotated>> {
  return withStacks(programs(bench, [NOTHING, AS_LARGE, OURS]), {}, async (sandbox, contenders) => {
    const results: Record<string, Rotated> = {};
    for (const contender of contenders) {
      const { result, peakMB } = await withPeakMemory(() => rotationsOf(contender, sandbox, count).create());
      results[contender.name] = { count, seconds: result.wallMs / 1000, peakMB };
    }
    return results;
  });
}

function outcome(results: Record<string, readonly Rotated[]>): Outcome {
  const growth = Object.entries(results).map(([name, runs]): Growth => {
    const points = runs.map(({ count, seconds }) => ({ x: count, y: seconds }));
    return { name, points, line: fitLine(points) };
  });
  const counts = results[OURS]?.map(({ count }) => count) ?? [];
  const memory = counts.map((count) => memoryFigure(results, count));
  return {
    figures: [...growth.map(growthFigure), ...counts.map((count) => durationFigure(results, count)), ...memory],
    growth,
  };
}

function durationFigure(results: Record<string, readonly Rotated[]>, count: number): Figure {
  const values = valuesOf(results, count, ({ seconds }) => seconds);
  const limit = count === SIZES.at(-1) ? ALLOWED_QUOTIENT : undefined;
  return { name: `rotate ${count} for the first time`, unit: "s", values, ...againstFloor(values, limit, AS_LARGE) };
}

function growthFigure({ name, points, line }: Growth): Figure {
  const relative = line.residuals.map((residual, index) => residual / (points[index]?.y ?? Number.NaN));
  const furthest = Math.max(...relative.map(Math.abs));
  return {
    name: `rotate 1 to ${points.at(-1)?.x ?? 0}, ${name}`,
    unit: "s",
    values: { [name]: sample(points.map(({ y }) => y)) },
    result: `${digits(line.intercept)} s + ${digits(line.slope * 1000)} ms a token`,
    ...(name === OURS && {
      bar: { text: `linear: residuals ≤ ${100 * ALLOWED_RESIDUAL} %`, isMet: furthest <= ALLOWED_RESIDUAL },
    }),
    note: points
      .map(({ x, y }, index) => `${x}: ${digits(y)} s (${(100 * (relative[index] ?? 0)).toFixed(0)} %)`)
      .join(", "),
  };
}

function memoryFigure(results: Record<string, readonly Rotated[]>, count: number): Figure {
  const values = valuesOf(results, count, ({ peakMB }) => peakMB);
  const isAsked = count === 1 || count === 1000;
  return { name: `peak memory, ${count}`, unit: "MB", values, ...againstFloor(values, isAsked ? 1.15 : undefined) };
}

function valuesOf(
  results: Record<string, readonly Rotated[]>,
  count: number,
  value: (rotated: Rotated) => number | undefined,
): Record<string, Sample> {
  const values: Record<string, Sample> = {};
  for (const [name, runs] of Object.entries(results)) {
    const found = runs.filter((run) => run.count === count).map(value)[0];
    if (found !== undefined) values[name] = sample([found]);
  }
  return values;
}
