/**
 * `npm run plugin:pack [-- --entry <file>] [--target <folder>]`: makes the files that a release uploads, below .plugin/.
 *
 * Pulumi asks for one file for each system, by its name. The plugin is the same for all of them.
 */
import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { fromRoot } from "../setup/process.mjs";
import { FILES, makePluginFolder, PROGRAM } from "./folder.mjs";
import { tarball } from "./tar.mjs";

/** The systems that Pulumi's CLI is there for, by its names for them. */
const SYSTEMS = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64", "windows-arm64"];

const { values } = parseArgs({
  options: {
    entry: { type: "string", default: fromRoot("provider", "plugin.ts") },
    target: { type: "string", default: fromRoot(".plugin") },
  },
});
const [entry, target] = [path.resolve(values.entry), path.resolve(values.target)];
const folder = path.join(target, "folder");

await access(entry).catch(() => {
  throw new Error(`There is no ${entry}, which would serve Pulumi's protocol. Give another --entry.`);
});
await makePluginFolder({ entry, folder });
/** @type {(text: string) => { version: string }} */
const parse = JSON.parse;
const { version } = parse(await readFile(path.join(folder, "schema.json"), "utf8"));
const files = FILES.map(async (name) => ({
  name,
  content: await readFile(path.join(folder, name)),
  isProgram: name === PROGRAM,
}));
const packed = tarball(await Promise.all(files));
await mkdir(target, { recursive: true });
for (const system of SYSTEMS) {
  await writeFile(path.join(target, `${PROGRAM}-v${version}-${system}.tar.gz`), packed);
}
console.log(`${folder}\n${target}: ${SYSTEMS.length} files of ${Math.ceil(packed.length / 1000)} kB`);
