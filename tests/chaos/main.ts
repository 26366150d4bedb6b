/**
 * `npm run chaos`: runs the chaos cycles and writes their report. With `--kind RotatingAccessToken`, once or several
 * times, the stack has resources of these classes only. With `--lane 2`, only the cycles of that lane run.
 * With `--logs folder`, what was printed and asked in each cycle that violates something is written there.
 */
import { randomInt } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { faultName, type PlannedFault } from "../../sandbox/faults";
import type { Hooks } from "./hooks";
import type { OwnedTurn } from "./owned/plan";
import { everyClass } from "./plan";
import { logOf } from "./recovery";
import { reportText } from "./report";
import { runChaos, tally } from "./run";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: String(randomInt(2 ** 31)) },
      cycles: { type: "string", default: "300" },
      lanes: { type: "string", default: "4" },
      lane: { type: "string" },
      kind: { type: "string", multiple: true, default: [...everyClass] },
      report: { type: "string" },
      logs: { type: "string" },
    },
  });
  const unknown = values.kind.filter((className) => !everyClass.includes(className));
  if (unknown.length > 0) throw new Error(`--kind must be one of ${everyClass.join(", ")}, not ${unknown.join(", ")}`);
  if (values.logs !== undefined) mkdirSync(values.logs, { recursive: true });
  const options = {
    seed: Number(values.seed),
    cycles: Number(values.cycles),
    lanes: Number(values.lanes),
    lane: values.lane === undefined ? undefined : Number(values.lane),
    classNames: everyClass.filter((className) => values.kind.includes(className)),
  };
  console.log(`chaos: seed ${options.seed}, ${options.cycles} cycles, ${options.lanes} at a time`);
  const report = await runChaos({
    ...options,
    onCycle(number, { leavesGrace, endsOlderGrace, owned, hooks }, result) {
      const { rotations, takeOvers, faults, violations, ups, kills } = result;
      const what = [
        ...rotations,
        ...takeOvers.map((className) => `${className} taken over`),
        ...(owned?.turns ?? []).map(describeTurn),
        leavesGrace ? "with a grace" : "",
        endsOlderGrace ? "a reset ends older graces" : "",
        ...Object.entries(tally(faults)).map(([fault, count]) => (count === 1 ? fault : `${count} x ${fault}`)),
        owned !== undefined && result.owned.restored > 0 ? `restored ${String(owned.restores)}` : "",
        ...kills.map((victim) => `kill ${victim}`),
        hooks === undefined ? "" : `hooks at ${describeStay(hooks)}, ${result.hooks.retries} more tries`,
      ];
      console.log(`${number}: ${what.filter(Boolean).join(", ")}: ${ups} ups, ${violations.length} violations`);
      for (const violation of violations) console.log(`   VIOLATION: ${violation}`);
      if (values.logs === undefined || violations.length === 0) return;
      writeFileSync(
        path.join(values.logs, `cycle-${number}.log`),
        [...violations, ...result.runs.map(logOf)].join("\n"),
      );
    },
  });
  const text = reportText(report);
  console.log(`\n${text}`);
  if (values.report !== undefined) writeFileSync(values.report, text);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

function describeTurn({ name, leaves, rotates, takesOver, event, oldKeyExpiry }: OwnedTurn): string {
  const asked = [leaves && "leaves", rotates && "rotates", takesOver && "takes over if new", event, oldKeyExpiry];
  return `${name} ${asked.filter(Boolean).join(" ")}`;
}

function describeStay({ faults }: Hooks): string {
  const describe = (planned: PlannedFault) => `${faultName(planned)} of ${planned.route ?? "everything"}`;
  return faults.map(describe).join(" and ");
}

void main();
