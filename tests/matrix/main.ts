/**
 * The install matrix: `npm run test:matrix [-- [--jobs <number>] [--missing] [words of the names of cells…]]`.
 *
 * Each cell is an empty folder outside the repository, into which the packed package is installed, and where the real CLI
 * rotates keys of the sandbox. The run fails when a cell ends otherwise than cells.ts says. The results go to
 * last-run.json and to docs/versions-that-work.md. With --missing, cells that have a result are left out.
 */
import { parseArgs } from "node:util";

import type { Result } from "./cell";
import { cells } from "./cells";
import { createNames } from "./names";
import { keepResult, readResults } from "./results";
import { runCell } from "./run";
import { writePage } from "./table";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { jobs: { type: "string", default: "2" }, missing: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const asked = (text: string) => positionals.length === 0 || positionals.some((words) => text.includes(words));
  const kept = new Set(values.missing ? readResults().map(({ name }) => name) : []);
  const waiting = cells.filter(({ name, group }) => asked(`${group}: ${name}`) && !kept.has(name));
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
    await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  } finally {
    given.remove();
  }
  await writePage(cells, readResults());
  if (differing.length === 0) return;
  console.error(`${differing.length} of the cells differ from what is expected`);
  process.exitCode = 1;
}

const seconds = (started: number) => Math.ceil((performance.now() - started) / 1000);

void main();
