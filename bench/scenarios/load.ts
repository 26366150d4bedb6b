/** What loading the package takes, in the program and in the provider's process, beside the SDK's own. */
import { execFile } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

import { BEFORE, type Bench, OURS, programs, type Scenario } from "../bench";
import type { Figure } from "../figure";
import { createProject } from "../project";
import { ratio, sample, type Sample } from "../statistics";

/** What loadedModules.mjs tells. */
interface Loaded {
  readonly sdkMs: number;
  readonly packageMs: number;
  readonly axios: number;
  readonly zod: number;
}

const SDK = "the SDK alone";

/** 40 ms on a machine that loads the SDK in 330 ms: slower ones take longer for both. */
const PROVIDER_SHARE = 40 / 330;

export const load: Scenario = {
  name: "load",
  summary: "loading the package in the program and in the provider's process",
  async run(bench) {
    // Each is a matter of milliseconds.
    const rounds = bench.options.isQuick ? 1 : 3 * bench.options.rounds;
    const program = await rounded(bench, "program", rounds);
    const provider = await rounded(bench, "provider", rounds);
    return {
      figures: [...programFigures(program), shareFigure("load, provider's process", provider, PROVIDER_SHARE)],
    };
  },
};

async function rounded(bench: Bench, where: string, rounds: number): Promise<Record<string, Loaded[]>> {
  const projects = programs(bench, [BEFORE, OURS]).map(({ name, folder, packed }) => {
    return { name, workspace: createProject(folder, packed) };
  });
  const results: Record<string, Loaded[]> = {};
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const { name, workspace } of projects) {
        const script = path.join(__dirname, "..", "loadedModules.mjs");
        const { stdout } = await promisify(execFile)(process.execPath, [script, where, workspace.folder]);
        // The first fills the caches of the disk and of the package.
        if (round > 0) (results[name] ??= []).push(JSON.parse(stdout) as Loaded);
      }
    }
  } finally {
    for (const { workspace } of projects) workspace.remove();
  }
  return results;
}

function programFigures(results: Record<string, Loaded[]>): Figure[] {
  const last = results[OURS]?.at(-1);
  const others = (last?.axios ?? 0) + (last?.zod ?? 0);
  return [
    shareFigure("load, program", results, 0.03),
    {
      name: "files of axios and zod in the program",
      unit: "files",
      values: { [OURS]: sample([others]) },
      result: String(others),
      bar: { text: "0", isMet: others === 0 },
    },
  ];
}

/** @param most the share of the SDK's own load that ours may take */
function shareFigure(name: string, results: Record<string, Loaded[]>, most: number): Figure {
  const values = loads(results);
  const ours = values[OURS];
  const sdk = values[SDK];
  const share = ours && sdk && ratio(ours, sdk).median;
  if (share === undefined) return { name, unit: "ms", values };
  return {
    name,
    unit: "ms",
    values,
    result: `${(100 * share).toFixed(1)} % of the SDK's`,
    bar: { text: `≤ ${(100 * most).toFixed(0)} % of the SDK's`, isMet: share <= most },
  };
}

function loads(results: Record<string, Loaded[]>): Record<string, Sample> {
  const packages = Object.entries(results).map(([name, runs]) => {
    return [name, sample(runs.map(({ packageMs }) => packageMs))] as const;
  });
  const sdk = results[OURS]?.map(({ sdkMs }) => sdkMs);
  return { ...(sdk && { [SDK]: sample(sdk) }), ...Object.fromEntries(packages) };
}
