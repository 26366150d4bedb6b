/** The plugin's folder, as it is packed: made once in a test process. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

interface Maker {
  makePluginFolder(how: { readonly entry: string; readonly folder: string }): Promise<void>;
}

let made: Promise<string> | undefined;

export function pluginFolder(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  const file = path.join(repository, "tools", "plugin", "folder.mjs");
  const { makePluginFolder } = (await import(file)) as Maker;
  const folder = mkdtempSync(path.join(os.tmpdir(), "plugin-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await makePluginFolder({ entry: path.join(repository, "provider", "plugin.ts"), folder });
  return folder;
}
