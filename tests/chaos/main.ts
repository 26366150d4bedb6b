/** `npm run chaos`: runs the chaos cycles and writes their report. */
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { reportText } from "./report";
import { runChaos } from "./run";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: String(randomInt(2 ** 31)) },
      cycles: { type: "string", default: "300" },
      lanes: { type: "string", default: "4" },
      report: { type: "string" },
    },
  });
  const options = { seed: Number(values.seed), cycles: Number(values.cycles), lanes: Number(values.lanes) };
  console.log(`chaos: seed ${options.seed}, ${options.cycles} cycles, ${options.lanes} at a time`);
  const report = await runChaos({
    ...options,
    onCycle(number, { leavesGrace, endsOlderGrace }, { rotations, takeOvers, faults, violations, ups, kills }) {
      const what = [
        ...rotations,
        ...takeOvers.map((className) => `${className} taken over`),
        leavesGrace ? "with a grace" : "",
        endsOlderGrace ? "a reset ends older graces" : "",
        ...faults,
        ...kills.map((victim) => `kill ${victim}`),
      ];
      console.log(`${number}: ${what.filter(Boolean).join(", ")}: ${ups} ups, ${violations.length} violations`);
      for (const violation of violations) console.log(`   VIOLATION: ${violation}`);
    },
  });
  const text = reportText(report);
  console.log(`\n${text}`);
  if (values.report !== undefined) writeFileSync(values.report, text);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

void main();
