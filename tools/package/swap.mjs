/**
 * Puts the published package.json and README.md in the place of the repository's while npm packs, and back afterwards:
 * `node tools/package/swap.mjs prepack|postpack`. npm has no other way to pack a file that differs.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import process from "node:process";
import { promisify } from "node:util";

import { publishedManifest, publishedReadme } from "./published.mjs";

const FILES = ["package.json", "README.md"];
const ASIDE = ".unpacked";

// What an earlier run that was cut short has left comes back first.
for (const file of FILES) await cp(`${ASIDE}/${file}`, file).catch(() => undefined);
await rm(ASIDE, { recursive: true, force: true });

/**
 * The commit that is packed, with `-dirty` behind it where files differ from it.
 *
 * @returns {Promise<string | undefined>} undefined outside of a clone
 */
async function commit() {
  const words = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
  const described = await promisify(execFile)("git", words, { cwd: import.meta.dirname }).catch(() => undefined);
  return described?.stdout.trim();
}

if (process.argv[2] === "prepack") {
  const head = await commit();
  await mkdir(ASIDE);
  for (const file of FILES) await cp(file, `${ASIDE}/${file}`);
  const [manifest, readme] = await Promise.all([readFile("package.json", "utf8"), readFile("README.md", "utf8")]);
  await writeFile("README.md", publishedReadme(readme, manifest));
  await writeFile("package.json", publishedManifest(manifest, head));
}
