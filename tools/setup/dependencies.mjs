/** Installs exactly what package-lock.json says, once per lock file. */
import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { announced, fromRoot, output } from "./process.mjs";
import { SetupError } from "./setup-error.mjs";

const stampFile = fromRoot("node_modules", ".setup-dependencies");

/**
 * @returns {Promise<void>}
 * @throws {SetupError} when npm fails, with what npm said
 */
export async function ensureDependencies() {
  const expected = await fingerprint([fromRoot("package-lock.json")]);
  if (await isStamped(stampFile, expected)) return;
  await announced("installing the packages of package-lock.json", install);
  await stamp(stampFile, expected);
}

async function install() {
  try {
    // No package needs a script of its own, and that of this one would begin the set-up anew.
    await output("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  } catch (error) {
    throw new SetupError(`npm could not install the packages. ${/** @type {Error} */ (error).message}`);
  }
}
