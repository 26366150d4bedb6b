/** What `npm run test:matrix` can be told. */
import { parseArgs } from "node:util";

import type { Cell, Result } from "./cell";

export const HELP = `Runs the install matrix: each cell packs, installs and uses the package in an empty folder, with the real Pulumi CLI.

  npm run test:matrix -- [options] [words…]

  words            Only the cells whose group and name ("Package managers: npm 11") have one of these in them.
                   Default: all cells, which takes an hour.
  --jobs <number>  How many cells run at the same time. Default: 2.
  --missing        Only the cells whose result is not complete: none yet, another than expected, or one that names no
                   CLI though Pulumi ran.
  --list           Prints the cells, and runs none.
  --help           Prints this text.

The results go to tests/matrix/last-run.json and tests/matrix/README.md. The command fails when a cell ends otherwise
than tests/matrix/cells/ says.
`;

export interface Options {
  readonly jobs: number;
  readonly isHelp: boolean;
  readonly isList: boolean;
  /** Whether the cell is to be run, by the result that there is of it. */
  isWanted(cell: Cell, result: Result | undefined): boolean;
}

/** @throws {Error} if the words make no sense */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: {
      jobs: { type: "string", default: "2" },
      missing: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (!/^[1-9]\d?$/.test(values.jobs)) throw new Error(`--jobs must be a whole number above 0, not ${values.jobs}`);
  const isNamed = ({ group, name }: Cell) =>
    positionals.length === 0 || positionals.some((part) => `${group}: ${name}`.includes(part));
  return {
    jobs: Number(values.jobs),
    isHelp: values.help,
    isList: values.list,
    isWanted: (cell, result) => isNamed(cell) && !(values.missing && isComplete(cell, result)),
  };
}

/** Whether a result is as expected, and says all that a reader wants to know of the cell. */
export function isComplete({ run, expected }: Cell, result: Result | undefined): boolean {
  if (result?.outcome !== expected.outcome) return false;
  return run.kind === "commands" || expected.outcome === "not run here" || "cli" in result.versions;
}
