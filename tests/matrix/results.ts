/** What came of each cell when it was last run, kept in the repository beside the cells. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Result } from "./cell";

const file = path.join(__dirname, "last-run.json");

export function readResults(): Result[] {
  return JSON.parse(readFileSync(file, "utf8")) as Result[];
}

/**
 * Puts a result in the place of an earlier one of the same cell.
 *
 * @param names of all cells, in their order: a result of a cell that is gone goes
 */
export function keepResult(result: Result, names: readonly string[]): void {
  const others = readResults().filter(({ name }) => name !== result.name);
  const rank = ({ name }: Result) => names.indexOf(name);
  const kept = [...others, result].filter((one) => rank(one) >= 0).sort((one, other) => rank(one) - rank(other));
  writeFileSync(file, `${JSON.stringify(kept, undefined, 2)}\n`);
}
