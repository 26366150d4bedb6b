/** A Pulumi project of the bench, with the package in its node_modules as npm would put it there. */
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";

import { createWorkspace, repository, type Workspace } from "../tools/stack/workspace";

const PACKAGE = "pulumi-launchdarkly-rotation";

/**
 * @param program the folder below bench/programs/
 * @param packed the unpacked package; the checkout's own build without it
 */
export function createProject(program: string, packed?: string): Workspace {
  const workspace = createWorkspace(path.join(__dirname, "programs", program));
  if (packed !== undefined) install(path.join(workspace.folder, "node_modules"), packed);
  return workspace;
}

/** Makes a node_modules with all packages of the checkout, but this one unpacked. */
export function install(modules: string, packed: string): void {
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules);
  const installed = path.join(repository, "node_modules");
  for (const name of readdirSync(installed).filter((entry) => entry !== PACKAGE)) {
    symlinkSync(path.join(installed, name), path.join(modules, name), "junction");
  }
  // No link: Node would resolve it, and look for the dependencies elsewhere.
  cpSync(packed, path.join(modules, PACKAGE), { recursive: true });
}
