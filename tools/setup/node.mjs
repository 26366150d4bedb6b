/** Gets a Node.js that the package supports, where the one that runs this is older. */
import { access, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { announced, fromRoot, output } from "./process.mjs";

/**
 * Where none can be had it says so, and the one that runs this has to do.
 *
 * @returns {Promise<string[]>} the folder to put in front of PATH; none where this Node.js will do
 */
export async function ensureNode() {
  const oldest = await oldestSupported();
  if (Number.parseInt(process.versions.node) >= oldest) return [];

  const home = fromRoot("node_modules", ".cache", `node-${oldest}`);
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = path.join(home, "node_modules", name, "bin");
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  try {
    if (!isThere) await announced(`installing Node.js ${oldest}`, () => install(home, `${name}@${oldest}`));
    return [folder];
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    console.error(`setup: the package needs Node.js ${oldest}; going on with ${process.version}. ${message}`);
    return [];
  }
}

/** @returns {Promise<number>} the major version that `engines` of package.json begins with */
async function oldestSupported() {
  const manifest = await readFile(fromRoot("package.json"), "utf8");
  /** @type {(text: string) => { engines: { node: string } }} */
  const parse = JSON.parse;
  return Number.parseInt(parse(manifest).engines.node.replace(">=", ""));
}

/**
 * @param {string} home
 * @param {string} wanted
 */
async function install(home, wanted) {
  await mkdir(home, { recursive: true });
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await output("npm", ["install", "--prefix", home, ...quietly, wanted], { cwd: home });
}
