/** The files of a stack's folder. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** Every file of the stack, but not of the packages that are linked in. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? filesBelow(file) : statSync(file).size < 10_000_000 ? [file] : [];
  });
}
