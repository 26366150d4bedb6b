/** What the names in the texts of cells stand for: the tarballs, and a clone of the repository. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { pack } from "../package/packed";
import type { Names } from "./run";

/**
 * The tarball of an earlier release, built from the last commit that had its version (0.1.0: d505ef1, 0.2.0: e9008a2) by
 * its own `tsc -p tsconfig.build.json` and `npm pack --ignore-scripts`.
 */
export const tarballOf = (earlier: string): string =>
  path.join(__dirname, "fixtures", `pulumi-launchdarkly-rotation-${earlier}.tgz`);

export function createNames(): { readonly names: Names; remove(): void } {
  const packed = pack();
  const folder = mkdtempSync(path.join(os.tmpdir(), "clone-"));
  const clone = path.join(folder, "pulumi-launchdarkly-rotation");
  execFileSync("git", ["clone", "--quiet", repository, clone], { stdio: ["ignore", "ignore", "inherit"] });
  return {
    names: {
      tarball: packed.tarball,
      "tarball of 0.1.0": tarballOf("0.1.0"),
      "tarball of 0.2.0": tarballOf("0.2.0"),
      clone,
    },
    remove() {
      packed.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
