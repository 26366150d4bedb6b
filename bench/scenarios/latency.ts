/** An API that takes its time: what is left of it when the requests run side by side. */
import type { Sandbox } from "../../sandbox/sandbox";
import { NOTHING, OURS, programs, type Scenario, withStacks } from "../bench";
import type { Figure } from "../figure";
import { measure, rotationsOf } from "../rotations";
import { sample, type Sample } from "../statistics";
import { createTerraform, TERRAFORM_MEASURED_S } from "../terraform";
import { ofPlugin, wallFigure } from "../timings";

const COUNT = 20;
/** The requests of a rotation. The floor waits as long as their answers take. */
const REQUESTS = 2;
const ALLOWED_S = 0.5;

export const latency: Scenario = {
  name: "latency",
  summary: "20 tokens at an API that takes 100 ms (--latency) to answer",
  run: (bench) => {
    const { latencyMs, rounds } = bench.options;
    return withStacks(programs(bench), { latencyMs }, async (sandbox, contenders) => {
      const all = contenders.map((contender) => rotationsOf(contender, sandbox, COUNT, REQUESTS * latencyMs));
      for (const one of all) await one.create();
      const measured = (await measure(all, ["rotate"], rounds, sandbox)).get("rotate") ?? {};
      const figure = wallFigure(`rotate ${COUNT} at ${latencyMs} ms`, measured);
      const ours = {
        ...figure,
        ...aboveFloor(figure.values),
        note: `nothing waits ${REQUESTS * latencyMs} ms a token`,
      };
      const terraform = await againstTerraform(sandbox, figure.values[OURS], Math.min(rounds, 3));
      const plugin = ofPlugin(figure, 1);
      return { figures: latencyMs === 100 ? [ours, plugin, terraform] : [ours, plugin] };
    });
  },
};

function aboveFloor({ [OURS]: ours, [NOTHING]: floor }: Figure["values"]): Pick<Figure, "result" | "bar"> {
  if (ours === undefined || floor === undefined) return {};
  const { median } = sample(ours.runs.map((run, round) => run - (floor.runs[round] ?? Number.NaN)));
  return {
    result: `nothing + ${median.toFixed(2)} s`,
    bar: { text: `≤ nothing + ${ALLOWED_S} s`, isMet: median <= ALLOWED_S },
  };
}

/** Where Terraform is not found, its figure is that of a quiet machine of two cores. */
async function againstTerraform(sandbox: Sandbox, ours: Sample | undefined, rounds: number): Promise<Figure> {
  const found = await timeTerraform(sandbox, rounds);
  const isMeasured = typeof found !== "string";
  const values: Record<string, Sample> = {
    ...(ours !== undefined && { [OURS]: ours }),
    ...(isMeasured && { Terraform: found }),
  };
  const times = (isMeasured ? found.median : TERRAFORM_MEASURED_S) / (ours?.median ?? Number.NaN);
  return {
    name: `rotate ${COUNT} at 100 ms, against Terraform`,
    unit: "s",
    values,
    result: `${times.toFixed(1)} times as fast`,
    bar: { text: "≥ 4 times as fast", isMet: times >= 4 },
    note: isMeasured ? undefined : `${found}; compared with ${TERRAFORM_MEASURED_S} s`,
  };
}

/** @returns seconds; why there are none, if so */
async function timeTerraform(sandbox: Sandbox, rounds: number): Promise<Sample | string> {
  try {
    const terraform = await createTerraform(sandbox, COUNT);
    if (typeof terraform === "string") return terraform;
    try {
      const runs: number[] = [];
      for (let round = 0; round < rounds; round++) runs.push((await terraform.rotate()) / 1000);
      return sample(runs);
    } finally {
      await terraform.remove();
    }
  } catch (error) {
    // It is another's work: ours is worth measuring without it.
    return `Terraform failed: ${String((error as { stderr?: unknown }).stderr ?? error).slice(0, 300)}`;
  }
}
