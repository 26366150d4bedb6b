/** The chaos run: many cycles, several at a time, each lane with a sandbox and a stack of its own. */
import path from "node:path";

import { startSandbox } from "../../sandbox/sandbox";
import { createStack } from "../../tools/stack/stack";
import { createWorkspace } from "../../tools/stack/workspace";
import { compileProgram } from "../support/compileProgram";
import { kinds } from "../support/kinds";
import { addEveryCredential, keepsOlderGrace } from "./credentials";
import { type Arena, type CycleResult, runCycle } from "./cycle";
import type { HooksResult } from "./hooksResult";
import type { OwnedResult } from "./owned/cycle";
import { addEveryOwned } from "./owned/tokens";
import { drawPlans, type Plan } from "./plan";

export interface ChaosOptions {
  readonly seed: number;
  readonly cycles: number;
  /** Cycles that run at the same time. It decides which cycle follows which, so it is part of what repeats a run. */
  readonly lanes: number;
  /** The number of the only lane that runs, to look into what it has found. @default all */
  readonly lane?: number | undefined;
  /** The classes whose resources the stack may have. @default all */
  readonly classNames?: readonly string[];
  readonly onCycle?: (number: number, plan: Plan, result: CycleResult) => void;
}

export interface ChaosReport extends ChaosOptions {
  readonly faults: Readonly<Record<string, number>>;
  readonly kills: Readonly<Record<string, number>>;
  /** How many rotations were due, by the resource's class, and how many keys were taken over instead. */
  readonly rotations: Readonly<Record<string, number>>;
  readonly takeOvers: Readonly<Record<string, number>>;
  /** How many resets were carried out whose answers were lost or late. */
  readonly lostAnswers: Readonly<Record<string, number>>;
  readonly extraResets: number;
  /** What became of the resources that own their token, all cycles together. */
  readonly owned: OwnedResult;
  readonly ups: number;
  readonly hooks: HooksResult;
  readonly violations: readonly { readonly cycle: number; readonly plan: Plan; readonly what: string }[];
}

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, cycles, lanes, lane: only, classNames, onCycle } = options;
  const plans = drawPlans(seed, cycles, classNames);
  const results: CycleResult[] = [];

  async function lane(first: number): Promise<void> {
    const arena = await createArena();
    try {
      for (let number = first; number < cycles; number += lanes) {
        const plan = plans[number];
        if (plan === undefined) break;
        const result = await runCycle(arena, plan, number + 1);
        results[number] = result;
        onCycle?.(number + 1, plan, result);
      }
    } finally {
      await arena.sandbox.stop();
      arena.workspace.remove();
    }
  }
  const every = Array.from({ length: lanes }, (_, index) => index);
  await Promise.all(every.filter((index) => only === undefined || index === only - 1).map(lane));

  const sum = (count: (result: CycleResult) => number) => results.reduce((total, result) => total + count(result), 0);
  return {
    ...options,
    faults: tally(results.flatMap(({ faults }) => faults)),
    kills: tally(results.flatMap(({ kills }) => kills)),
    rotations: tally(results.flatMap(({ rotations }) => rotations)),
    takeOvers: tally(results.flatMap(({ takeOvers }) => takeOvers)),
    lostAnswers: tally(results.flatMap(({ lostAnswers }) => lostAnswers)),
    extraResets: sum(({ extraResets }) => extraResets),
    owned: total(results.map(({ owned }) => owned)),
    ups: sum(({ ups }) => ups),
    hooks: {
      runs: sum(({ hooks }) => hooks.runs),
      retries: sum(({ hooks }) => hooks.retries),
      leftUndone: sum(({ hooks }) => hooks.leftUndone),
    },
    violations: results.flatMap(({ violations }, number) => {
      const plan = plans[number];
      return plan === undefined ? [] : violations.map((what) => ({ cycle: number + 1, plan, what }));
    }),
  };
}

async function createArena(): Promise<Arena> {
  const sandbox = await startSandbox();
  const workspace = createWorkspace(path.join(__dirname, "program"));
  compileProgram(workspace.folder);
  const keeping = kinds.filter((kind) => keepsOlderGrace(kind, sandbox));
  const credentials = addEveryCredential(sandbox);
  const stack = await createStack({
    workspace,
    // A hundred tries, each of which waits for seconds.
    patienceMs: 20 * 60_000,
    environment: {
      LAUNCHDARKLY_ACCESS_TOKEN: sandbox.adminKey,
      LAUNCHDARKLY_API_HOST: sandbox.url,
      // Far more than any answer takes that is not held back on purpose.
      LAUNCHDARKLY_HTTP_TIMEOUT: "5",
    },
  });
  const keepingOlderGrace = new Set(keeping.map(({ credential }) => credential.className));
  return { sandbox, workspace, stack, credentials, owned: addEveryOwned(sandbox), keepingOlderGrace, clockSkewMs: 0 };
}

function total(results: readonly OwnedResult[]): OwnedResult {
  const sum = (count: keyof OwnedResult) => results.reduce((all, result) => all + result[count], 0);
  return {
    rotations: sum("rotations"),
    takeOvers: sum("takeOvers"),
    destroyed: sum("destroyed"),
    replaced: sum("replaced"),
    renamed: sum("renamed"),
    moved: sum("moved"),
    reparented: sum("reparented"),
    handedOver: sum("handedOver"),
    foreignEnds: sum("foreignEnds"),
    restored: sum("restored"),
    limits: sum("limits"),
    withoutExpiry: sum("withoutExpiry"),
    created: sum("created"),
    lost: sum("lost"),
    retired: sum("retired"),
    deleted: sum("deleted"),
    strays: sum("strays"),
    named: sum("named"),
    forgotten: sum("forgotten"),
  };
}

export function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
