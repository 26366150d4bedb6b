/** A folder outside the repository that holds a Pulumi project, as a user of the package would have it. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";

export const repository = path.resolve(__dirname, "..", "..");

export interface Workspace {
  /** The folder of the project. */
  readonly folder: string;
  /** A folder of its own for what must not be in the project. */
  readonly aside: string;
  remove(): void;
}

/**
 * @param program the folder whose project is copied
 */
export function createWorkspace(program = path.join(repository, "examples", "quickstart")): Workspace {
  const root = mkdtempSync(path.join(os.tmpdir(), "launchdarkly-rotation-"));
  const folder = path.join(root, "project");
  const isOwn = (file: string) => !/[/\\]node_modules$|Pulumi\.[\w-]+\.yaml$/.test(file);
  cpSync(program, folder, { recursive: true, filter: isOwn });
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
  return {
    folder,
    aside: root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
