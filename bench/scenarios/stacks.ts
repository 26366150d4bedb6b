/** A stack with so many tokens: what a rotation, no change and previews cost against a resource that does nothing. */
import {
  AS_LARGE,
  type Bench,
  COMPARED,
  EMPTY,
  NOTHING,
  type Outcome,
  OURS,
  programs,
  type Scenario,
  withStacks,
} from "../bench";
import type { Figure } from "../figure";
import { measure, type Operation, type Results, rotationsOf } from "../rotations";
import { sample } from "../statistics";
import { againstAsLarge, againstFloor, cpuFigure, ofPlugin, requestsFigure, wallFigure } from "../timings";

type Limits = Partial<Record<Operation, number>>;

export const single: Scenario = {
  name: "single",
  summary: "one token: rotate, no change, preview",
  // What is compared differs by hundredths.
  run: (bench) => {
    const ours = { rotate: 1.05, "no change": 1.05, preview: 1.05 };
    return run(bench, 1, ours, { rotate: 0.72, "no change": 0.72 }, bench.options.isQuick ? 1 : 2);
  },
};

export const hundred: Scenario = {
  name: "hundred",
  summary: "100 tokens: rotate, no change, preview, and the state",
  isLong: true,
  run: (bench) => {
    const ours = { rotate: 1.1, "no change": 1.03, preview: 1.03 };
    return run(bench, bench.options.isQuick ? 5 : 100, ours, { rotate: 0.75, "no change": 0.8 });
  },
};

/** What a plugin that took no time would reach. */
export const empty: Scenario = {
  name: "empty",
  summary: "a program without resources, beside the floor",
  run: (bench) => {
    const wanted = [...programs(bench, [NOTHING]), { name: EMPTY, folder: "plugin", packed: bench.packed }];
    return withStacks(wanted, {}, async (sandbox, contenders) => {
      const all = contenders.map((contender) => rotationsOf(contender, sandbox, contender.name === EMPTY ? 0 : 1));
      for (const one of all) await one.create();
      const results = await measure(all, ["no change"], 2 * bench.options.rounds);
      const { name, unit, values } = wallFigure("up without a resource", results.get("no change") ?? {});
      return { figures: [{ name, unit, values, ...againstFloor(values, undefined, NOTHING, EMPTY) }] };
    });
  },
};

const OPERATIONS: readonly Operation[] = ["rotate", "no change", "preview", "preview of a rotation"];

function run(bench: Bench, count: number, limits: Limits, limitsOfPlugin: Limits, roundsOfEach = 1): Promise<Outcome> {
  const names = count > 1 ? [...COMPARED, AS_LARGE] : COMPARED;
  return withStacks(programs(bench, names), {}, async (sandbox, contenders) => {
    const all = contenders.map((contender) => rotationsOf(contender, sandbox, count));
    for (const one of all) await one.create();
    const results = await measure(all, OPERATIONS, roundsOfEach * bench.options.rounds, sandbox);
    const timings = OPERATIONS.flatMap((operation) => {
      const measured = results.get(operation) ?? {};
      const name = `${operation}, ${count}`;
      const limit = limits[operation];
      // The processor has a bar of its own where a rotation is not a second's start of processes.
      const [wall, cpu] = [wallFigure(name, measured, limit), cpuFigure(name, measured, count > 1 ? limit : undefined)];
      const { [operation]: most } = limitsOfPlugin;
      const plugin = most === undefined ? [] : [ofPlugin(wall, most)];
      if (count === 1 || operation !== "rotate") return [wall, ...plugin, cpu];
      return [wall, againstAsLarge(wall, limit), ...plugin, cpu, againstAsLarge(cpu, limit)];
    });
    const states =
      count > 1
        ? [stateFigure(all, count)].flatMap((state) => [state, againstAsLarge(state, 1.2), ofPlugin(state, 0.45)])
        : [];
    return { figures: [...timings, ...states, ...requestFigures(results, count)] };
  });
}

function requestFigures(results: Results, count: number): Figure[] {
  return [
    requestsFigure(`requests, rotate ${count}`, results.get("rotate") ?? {}, count, 2, 1),
    requestsFigure(`requests, no change ${count}`, results.get("no change") ?? {}, count, 0, 0),
  ];
}

function stateFigure(all: readonly ReturnType<typeof rotationsOf>[], count: number): Figure {
  const values = Object.fromEntries(
    all.map(({ name, contender }) => [name, sample([contender.stateBytes() / count / 1000])]),
  );
  const stub = all.find(({ name }) => name === OURS)?.contender.stubBytes() ?? 0;
  const floor = all.find(({ name }) => name === NOTHING)?.contender.stubBytes() ?? 0;
  return {
    name: `state per resource, ${count}`,
    unit: "kB",
    values,
    ...againstFloor(values, 1.2),
    note: `Pulumi keeps the text of a provider twice: ${kilobytes(stub)} of ours, ${kilobytes(floor)} of nothing`,
  };
}

function kilobytes(bytes: number): string {
  return `${((2 * bytes) / 1000).toFixed(1)} kB`;
}
