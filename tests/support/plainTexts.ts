/** Where keys stand in plain text: in what was printed, and in the files of a stack's state. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Workspace } from "../../tools/stack/workspace";

/** @returns the places that have any of the keys */
export function plainTexts({ aside }: Workspace, printed: string, keys: readonly string[]): string[] {
  const files = readdirSync(path.join(aside, "state"), { recursive: true, withFileTypes: true });
  const places = files
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [file, readFileSync(file, "utf8")] as const);
  return [["what was printed", printed] as const, ...places]
    .filter(([, text]) => keys.some((key) => text.includes(key)))
    .map(([place]) => place);
}
