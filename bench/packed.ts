/** The package as users install it, and as it was at another commit. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";

import { repository } from "../tools/stack/workspace";

export interface Packed {
  /** The unpacked package. */
  readonly folder: string;
  remove(): void;
}

/** Packs the package of this checkout. */
export function packHere(): Packed {
  const aside = mkdtempSync(path.join(os.tmpdir(), "launchdarkly-bench-"));
  run("npm", ["pack", "--pack-destination", aside], repository);
  return unpack(aside, () => undefined);
}

/**
 * Compiles and packs the package of another commit, with the dependencies of its lock file.
 *
 * @throws {Error} if there is no such commit, or it does not compile
 */
export function packAt(commit: string): Packed {
  const aside = mkdtempSync(path.join(os.tmpdir(), "launchdarkly-bench-"));
  const tree = path.join(aside, "tree");
  run("git", ["worktree", "add", "--detach", tree, commit], repository);
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], tree);
  run(process.execPath, [path.join("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"], tree);
  // Its scripts would set up a checkout of its own.
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", aside], tree);
  return unpack(aside, () => {
    run("git", ["worktree", "remove", "--force", tree], repository);
  });
}

function unpack(aside: string, clean: () => void): Packed {
  const archive = readdirSync(aside).find((file) => file.endsWith(".tgz"));
  if (archive === undefined) throw new Error("npm pack has left no archive");
  const folder = path.join(aside, "unpacked");
  mkdirSync(folder);
  run("tar", ["-xzf", archive, "-C", folder, "--strip-components=1"], aside);
  return {
    folder,
    remove() {
      clean();
      rmSync(aside, { recursive: true, force: true });
    },
  };
}

function run(command: string, words: string[], cwd: string): string {
  return execFileSync(command, words, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
