/** The package as it is published, in a folder of its own, so that nobody meets the repository's files half-swapped. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

export interface Packed {
  /** Where it was packed. */
  readonly folder: string;
  readonly tarball: string;
  remove(): void;
}

const FILES = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "dist"];

export function pack(): Packed {
  const folder = mkdtempSync(path.join(os.tmpdir(), "packed-"));
  for (const file of FILES) cpSync(path.join(repository, file), path.join(folder, file), { recursive: true });
  swap(folder, "prepack");
  const words = ["pack", "--ignore-scripts", "--json", "--loglevel=error"];
  const [{ filename }] = JSON.parse(execFileSync("npm", words, { cwd: folder, encoding: "utf8" })) as [
    { filename: string },
  ];
  return {
    folder,
    tarball: path.join(folder, filename),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What `npm pack` runs before and after it. */
export function swap(folder: string, step: "prepack" | "postpack"): void {
  const script = path.join(repository, "tools", "package", "swap.mjs");
  execFileSync(process.execPath, [script, step], { cwd: folder });
}
