/**
 * Puts the published package.json and README.md in the place of the repository's while npm packs, and back afterwards:
 * `node tools/package/swap.mjs prepack|postpack`. npm has no other way to pack a file that differs.
 *
 * The published package.json has no scripts, so that no `npm run` could bring the repository's back. If npm ends without
 * its postpack, a process that waits for that does it: `swap.mjs watch`. Where nobody can tell which npm packs, or the
 * machine went down, `tools/with-setup.mjs` does it, and the next prepack.
 */
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { publishedManifest, publishedReadme } from "./published.mjs";
import { ASIDE, COMMIT, FILES, isRunning, npmAbove, PACKING, replace, restore } from "./restore.mjs";

const PART = `${ASIDE}.part`;
const LOOK_MS = 200;

const [step, npm = ""] = process.argv.slice(2);
if (step === "watch") {
  await ended(npm);
  if ((await packing()) === npm) await restore(".");
} else {
  await restore(".");
  if (step === "prepack") await prepack();
}

async function prepack() {
  const id = String(await npmAbove(process.ppid));
  const head = await commit();
  await rm(PART, { recursive: true, force: true });
  await mkdir(PART);
  for (const file of FILES) await cp(file, path.join(PART, file));
  await writeFile(path.join(PART, PACKING), id);
  await writeFile(path.join(PART, COMMIT), head ?? "");
  await rm(ASIDE, { recursive: true, force: true });
  await rename(PART, ASIDE);
  const [manifest, readme] = await Promise.all([readFile("package.json", "utf8"), readFile("README.md", "utf8")]);
  if (id !== "0") {
    const words = [fileURLToPath(import.meta.url), "watch", id];
    spawn(process.execPath, words, { detached: true, stdio: "ignore" }).unref();
  }
  await replace("README.md", path.join(ASIDE, "README.md.new"), publishedReadme(readme, manifest));
  await replace("package.json", path.join(ASIDE, "package.json.new"), publishedManifest(manifest, head));
}

/** Resolves when the npm has ended, or its pack. @param {string} id */
async function ended(id) {
  while (isRunning(Number(id)) && (await packing()) === id) await setTimeout(LOOK_MS);
}

/** The npm that packs; undefined if none does. */
async function packing() {
  return readFile(path.join(ASIDE, PACKING), "utf8").catch(() => undefined);
}

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
