/**
 * A project's node_modules without an install: what the repository has is linked, the SDK is copied, and this package is
 * unpacked. A linked SDK would be where the repository is, and would find the package there.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { NAME } from "./layouts";

/** The repository's own has what older releases need as well: luxon is there for 0.2.0 alone. */
const modules = path.join(repository, "node_modules");

/** @param project the folder whose node_modules is made */
export function linkModules(project: string): void {
  const target = path.join(project, "node_modules");
  mkdirSync(target);
  const linked = readdirSync(modules).filter((entry) => !entry.startsWith(".") && ![NAME, "@pulumi"].includes(entry));
  for (const entry of linked) symlinkSync(path.join(modules, entry), path.join(target, entry), "junction");
  const sdk = path.join("@pulumi", "pulumi");
  cpSync(path.join(modules, sdk), path.join(target, sdk), { recursive: true });
}

/** @param folder whose node_modules gets the package */
export function unpack(tarball: string, folder: string): void {
  const target = path.join(folder, "node_modules", NAME);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
}
