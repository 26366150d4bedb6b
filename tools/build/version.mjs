/** Keeps provider/version.ts at the version of package.json, so that nothing reads that file when the package runs. */
import { readFile, writeFile } from "node:fs/promises";

import { fromRoot } from "../setup/process.mjs";

const file = fromRoot("provider", "version.ts");

/** @returns {Promise<void>} */
export async function writeVersion() {
  const manifest = await readFile(fromRoot("package.json"), "utf8");
  /** @type {(text: string) => { version: string }} */
  const parse = JSON.parse;
  const { version } = parse(manifest);
  const text = await readFile(file, "utf8");
  const right = text.replace(/version = ".*"/, `version = ${JSON.stringify(version)}`);
  if (right !== text) await writeFile(file, right);
}
