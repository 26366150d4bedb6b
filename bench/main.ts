/** `npm run bench`: measures the package with the real CLI, and prints what it has to reach and whether it does. */
import process from "node:process";

import type { Bench } from "./bench";
import type { Figure } from "./figure";
import { describeMachine } from "./machine";
import { HELP, readOptions } from "./options";
import { packAt, packHere, type Packed } from "./packed";
import type { Growth } from "./report/growthSvg";
import { textTable } from "./report/table";
import { writeReport } from "./report/write";
import { chosen, scenarios } from "./scenarios";

async function main(): Promise<void> {
  // Users have no compile cache of ours.
  delete process.env["NODE_COMPILE_CACHE"];
  const options = readOptions(process.argv.slice(2));
  if (options.isHelp) {
    console.log(HELP);
    console.log(
      scenarios
        .map(({ name, summary, isLong }) => `  ${name.padEnd(12)} ${summary}${isLong ? " (long)" : ""}`)
        .join("\n"),
    );
    return;
  }
  const wanted = chosen(options);
  const machine = describeMachine();
  const ours = packHere();
  const figures: Figure[] = [];
  const growth: Growth[] = [];
  const failures: Record<string, string> = {};
  let before: Packed | undefined;
  try {
    before = options.before === undefined ? undefined : packAt(options.before);
  } catch (error) {
    failures["before"] = (error as Error).message;
  }
  const bench: Bench = {
    options,
    packed: ours.folder,
    before: before?.folder,
    say: (text) => {
      console.error(text);
    },
  };
  try {
    for (const { name, summary, run } of wanted) {
      bench.say(`${name}: ${summary}`);
      try {
        const outcome = await run(bench);
        figures.push(...outcome.figures);
        growth.push(...(outcome.growth ?? []));
        console.log(`\n${textTable(outcome.figures)}\n`);
      } catch (error) {
        // The others' figures are worth having all the same.
        failures[name] = (error as Error).message;
        bench.say(`${name} failed: ${(error as Error).message}`);
      }
      if (options.isReport) await writeReport({ machine, figures, growth, failures });
    }
  } finally {
    ours.remove();
    before?.remove();
  }
  const bars = figures.flatMap(({ bar }) => bar ?? []);
  console.log(`${bars.filter(({ isMet }) => isMet).length} of ${bars.length} bars met`);
  for (const [name, reason] of Object.entries(failures)) console.log(`${name} was not measured: ${reason}`);
  if (Object.keys(failures).length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error("npm run bench -- --help tells the options.");
  process.exitCode = 1;
});
