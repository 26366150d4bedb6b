/** Fingerprints of files, so that a set-up step runs when its input changed and not when a checkout touched it. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * @param {string[]} paths files, or folders of which every file counts
 * @param {string} [salt] anything else the result depends on
 * @returns {Promise<string>}
 */
export async function fingerprint(paths, salt = "") {
  const hash = createHash("sha256").update(salt);
  for (const start of paths) {
    for (const file of await filesIn(start)) {
      // A file that was moved is another one.
      const name = path.relative(path.dirname(start), file).replaceAll(path.sep, "/");
      hash.update(`\n${name}\n`).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

/**
 * @param {string} file
 * @param {string} expected
 * @returns {Promise<boolean>} whether the file holds the fingerprint
 */
export async function isStamped(file, expected) {
  return (await readFile(file, "utf8").catch(() => "")) === expected;
}

/**
 * @param {string} file
 * @param {string} value
 */
export async function stamp(file, value) {
  await writeFile(file, value);
}

/**
 * @param {string} start
 * @returns {Promise<string[]>}
 */
async function filesIn(start) {
  const entries = await readdir(start, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [start];
  const names = entries.map((entry) => path.join(start, entry.name)).sort();
  return (await Promise.all(names.map(filesIn))).flat();
}
