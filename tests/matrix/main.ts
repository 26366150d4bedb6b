/**
 * The install matrix: `npm run test:matrix`.
 *
 * Each cell is an empty folder outside the repository, into which the packed package is installed, and where the real CLI
 * rotates keys of the sandbox. The run fails when a cell ends otherwise than cells.ts says. options.ts has its help.
 */
import type { Result } from "./cell";
import { cells } from "./cells";
import { createNames } from "./names";
import { HELP, readOptions } from "./options";
import { keepResult, readResults } from "./results";
import { runCell } from "./run";
import { writePage } from "./table";

async function main(): Promise<void> {
  const { jobs, isHelp, isList, isWanted } = readOptions(process.argv.slice(2));
  if (isHelp) {
    console.log(HELP);
    return;
  }
  const results = new Map(readResults().map((result) => [result.name, result]));
  const waiting = cells.filter((cell) => isWanted(cell, results.get(cell.name)));
  if (isList) {
    for (const { group, name } of waiting) console.log(`${group}: ${name}`);
    return;
  }
  const given = createNames();
  const differing: Result[] = [];
  const work = async () => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      const started = performance.now();
      const result = await runCell(cell, given.names);
      console.log(`${cell.group}: ${cell.name}: ${result.outcome} (${seconds(started)} s)`);
      if (result.what !== undefined) console.log(result.what.trimEnd().replace(/^/gm, "    "));
      if (result.outcome === "differs") differing.push(result);
      keepResult(
        result,
        cells.map(({ name }) => name),
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, work));
  } finally {
    given.remove();
  }
  await writePage(cells, readResults());
  if (differing.length === 0) return;
  console.error(`${differing.length} of the cells differ from what is expected`);
  process.exitCode = 1;
}

const seconds = (started: number) => Math.ceil((performance.now() - started) / 1000);

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error("The option --help tells the options.");
  process.exitCode = 1;
});
