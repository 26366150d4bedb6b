/** From one token to 1,000: how a rotation's duration grows, and the memory of the provider's process. */
import { type Bench, NOTHING, type Outcome, OURS, programs, type Scenario, withStacks } from "../bench";
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

interface Rotated {
  readonly count: number;
  readonly seconds: number;
  readonly peakMB: number | undefined;
}

export const scale: Scenario = {
  name: "scale",
  summary: "1 to 1,000 tokens: growth of a rotation's duration, and peak memory",
  isLong: true,
  async run(bench) {
    const results: Record<string, Rotated[]> = { [NOTHING]: [], [OURS]: [] };
    for (const count of bench.options.isQuick ? QUICK_SIZES : SIZES) {
      bench.say(`  ${count} tokens`);
      for (const [name, rotated] of Object.entries(await rotateAll(bench, count))) results[name]?.push(rotated);
    }
    return outcome(results);
  },
};

function rotateAll(bench: Bench, count: number): Promise<Record<string, Rotated>> {
  return withStacks(programs(bench, [NOTHING, OURS]), {}, async (sandbox, contenders) => {
    const results: Record<string, Rotated> = {};
    for (const contender of contenders) {
      const rotations = rotationsOf(contender, sandbox, count);
      await rotations.create();
      const { result, peakMB } = await withPeakMemory(() => rotations.do("rotate"));
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
  return { figures: [...growth.map(growthFigure), ...counts.map((count) => memoryFigure(results, count))], growth };
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
  const values: Record<string, Sample> = {};
  for (const [name, runs] of Object.entries(results)) {
    const peak = runs.find((run) => run.count === count)?.peakMB;
    if (peak !== undefined) values[name] = sample([peak]);
  }
  const isAsked = count === 1 || count === 1000;
  return { name: `peak memory, ${count}`, unit: "MB", values, ...againstFloor(values, isAsked ? 1.15 : undefined) };
}
