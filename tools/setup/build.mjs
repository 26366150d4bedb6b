/**
 * Builds the package into dist/ when what it is made of differs from the last time, or what is there from what was built:
 * npm packs all that lies there.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";

import { writeVersion } from "../build/version.mjs";
import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { announced, fromRoot } from "./process.mjs";
import { SetupError } from "./setup-error.mjs";

const sources = [
  "provider",
  "plugin",
  "tools/build",
  "tools/plugin/folder.mjs",
  "tsconfig.json",
  "tsconfig.build.json",
  "package-lock.json",
];
const STAMP = ".setup-build";

/**
 * @returns {Promise<void>}
 * @throws {SetupError} when the sources don't compile, with what the compiler said
 */
export async function ensureBuild() {
  await writeVersion();
  const expected = await fingerprint(sources.map((source) => fromRoot(source)));
  const dist = fromRoot("dist");
  if (await isBuilt(dist, expected)) return;
  await announced("compiling the package", compile);
  await markBuilt(dist, expected);
}

/**
 * @param {string} dist
 * @param {string} from the fingerprint of what it is to be made of
 * @returns {Promise<boolean>} whether it holds what was built of that, and nothing else
 */
export async function isBuilt(dist, from) {
  return isStamped(path.join(dist, STAMP), `${from} ${await contents(dist)}`);
}

/**
 * @param {string} dist
 * @param {string} from the fingerprint of what it was made of
 * @returns {Promise<void>}
 */
export async function markBuilt(dist, from) {
  await stamp(path.join(dist, STAMP), `${from} ${await contents(dist)}`);
}

/** @param {string} dist */
async function contents(dist) {
  /** @type {string[]} */
  const names = await readdir(dist).catch(() => []);
  return fingerprint(names.filter((name) => name !== STAMP).map((name) => path.join(dist, name)));
}

async function compile() {
  // Imported late: it needs packages that may just have been installed.
  const { build } = await import("../build/build.mjs");
  try {
    await build();
  } catch (error) {
    throw new SetupError(`the package does not compile. ${/** @type {Error} */ (error).message}`);
  }
}
