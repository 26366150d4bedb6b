/** Leaves in a folder only what its entry points need: the rest has gone into the bundle. */
import { copyFile, mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** How compiled code and declarations name files beside them. */
const REFERENCE = /(?:require|from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

/**
 * @param {string} folder
 * @param {string[]} entries file names with their extensions, which what they refer to has as well
 * @returns {Promise<void>}
 */
export async function prune(folder, entries) {
  /** @type {Set<string>} */
  const needed = new Set();
  for (const entry of entries)
    await follow(path.join(folder, entry), entry.endsWith(".d.ts") ? ".d.ts" : ".js", needed);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !needed.has(file.replace(/\.map$/, ""))) await rm(file);
  }
  await removeEmpty(folder);
}

/**
 * @param {string} file
 * @param {string} extension
 * @param {Set<string>} needed
 */
async function follow(file, extension, needed) {
  if (needed.has(file)) return;
  needed.add(file);
  const text = await readFile(file, "utf8");
  for (const [, reference = ""] of text.matchAll(REFERENCE)) {
    const other = path.join(path.dirname(file), reference.replace(/\.js$/, ""));
    await follow(`${other}${extension}`, extension, needed);
  }
}

/** @param {string} folder */
async function removeEmpty(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name));
  }
  if ((await readdir(folder)).length === 0) await rmdir(folder);
}

/**
 * Copies the sources that the declarations' maps name, so that an editor can go to them, and lets the maps name the
 * copies.
 *
 * @param {string} folder
 * @param {string} sources where they are now
 * @returns {Promise<void>}
 */
export async function bringSources(folder, sources) {
  /** @type {(text: string) => { sourceRoot?: string, sources: [string] }} */
  const parse = JSON.parse;
  const copies = path.join(folder, "src");
  const maps = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".d.ts.map"));
  for (const map of maps.map((file) => path.join(folder, file))) {
    const content = parse(await readFile(map, "utf8"));
    const source = path.resolve(path.dirname(map), content.sourceRoot ?? "", content.sources[0]);
    const copy = path.join(copies, path.relative(sources, source));
    await mkdir(path.dirname(copy), { recursive: true });
    await copyFile(source, copy);
    content.sources = [path.relative(path.dirname(map), copy).replaceAll(path.sep, "/")];
    await writeFile(map, JSON.stringify(content));
  }
}
