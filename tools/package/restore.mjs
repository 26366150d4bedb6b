/** Brings the repository's own package.json and README.md back after a pack. */
import { execFile } from "node:child_process";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

import { publishedManifest, publishedReadme } from "./published.mjs";

export const FILES = ["package.json", "README.md"];

/** Where they are while npm packs: whole, or not at all. */
export const ASIDE = ".unpacked";

/** In it, the process id of the npm that packs, where that can be told. */
export const PACKING = "packing";

/** In it, the commit that is packed; empty where that can't be told. */
export const COMMIT = "commit";

/**
 * @param {string} folder the repository
 * @returns {Promise<void>}
 */
export async function restore(folder) {
  const aside = path.join(folder, ASIDE);
  const [manifest, readme] = await Promise.all(FILES.map((file) => textOf(path.join(aside, file))));
  if (manifest === undefined || readme === undefined) return;
  const commit = await textOf(path.join(aside, COMMIT));
  const published = [publishedManifest(manifest, commit || undefined), publishedReadme(readme, manifest)];
  for (const [index, file] of FILES.entries()) {
    // What somebody has written in the meantime is not the published file, and stays.
    if ((await textOf(path.join(folder, file))) !== published[index]) continue;
    await replace(path.join(folder, file), path.join(aside, `${file}.new`), index === 0 ? manifest : readme);
  }
  await rm(aside, { recursive: true, force: true });
}

/**
 * Restores what a pack that was cut off has left, and leaves one alone that is under way.
 *
 * @param {string} folder the repository
 * @returns {Promise<void>}
 */
export async function restoreLeft(folder) {
  const packing = await textOf(path.join(folder, ASIDE, PACKING));
  if (packing === undefined || isRunning(Number(packing))) return;
  await restore(folder);
}

/**
 * The other text is there as a whole, or not at all.
 *
 * @param {string} file
 * @param {string} beside a file of the same disk that nobody reads
 * @param {string} text
 */
export async function replace(file, beside, text) {
  await writeFile(beside, text);
  await rename(beside, file);
}

/** @param {number} id of a process; 0 if it is not known */
export function isRunning(id) {
  if (id === 0) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * @param {number} id of a process
 * @returns {Promise<number>} the nearest npm above it; 0 if there is none, or nobody says
 */
export async function npmAbove(id) {
  for (let above = id; above > 1;) {
    const said = await promisify(execFile)("ps", ["-o", "ppid=,args=", "-p", String(above)]).catch(() => undefined);
    const [, parent, command = ""] = /^\s*(\d+)\s+(.*)/.exec(said?.stdout ?? "") ?? [];
    if (parent === undefined) return 0;
    if (/^(?:\S*[\\/])?npm\b|npm-cli\.js\b|[\\/]npm(?: |$)/.test(command)) return above;
    above = Number(parent);
  }
  return 0;
}

/** @param {string} file */
async function textOf(file) {
  return readFile(file, "utf8").catch(() => undefined);
}
