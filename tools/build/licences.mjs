/** Collects the licences of the packages that the bundle has parts of: their terms ask for it. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * @param {string[]} files what the bundle has parts of
 * @param {string} target the file to write: name, version and licence of each package
 * @param {string} bundle the name of the file that has the parts
 * @returns {Promise<void>}
 * @throws {Error} naming a package that has no licence's text
 */
export async function writeLicences(files, target, bundle) {
  const folders = new Set(
    files.flatMap((file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(`/${file}`) ?? []),
  );
  const texts = await Promise.all([...folders].map((folder) => licenceOf(folder.slice(1))));
  const head = `${bundle} has parts of these packages, under these licences.`;
  await writeFile(target, `${[head, ...texts.sort()].join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
}

/** @param {string} folder */
async function licenceOf(folder) {
  const manifest = await readFile(path.join(folder, "package.json"), "utf8");
  /** @type {(text: string) => { name: string, version: string, license: string }} */
  const parse = JSON.parse;
  const { name, version, license } = parse(manifest);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(?:\.|-mit|$)/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no text of its licence, which the package would have to repeat`);
  return `${name} ${version} (${license})\n\n${(await readFile(path.join(folder, file), "utf8")).trim()}`;
}
