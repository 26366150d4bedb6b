/** Virtual environments for what is written in Python, below node_modules/.cache. */
import { rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { firstThatWorks } from "./first-that-works.mjs";
import { announced, fromRoot, output } from "./process.mjs";
import { SetupError } from "./setup-error.mjs";

const OLDEST = /** @type {const} */ ([3, 11]);

/**
 * Makes it once, as a file of requirements says.
 *
 * @param {object} what
 * @param {string} what.name what it is for, and of its folder
 * @param {string} what.requirements
 * @returns {Promise<string>} the folder of its programs
 * @throws {SetupError} if there is no Python for it, or it can't be installed
 */
export async function ensurePython({ name, requirements }) {
  const folder = fromRoot("node_modules", ".cache", name);
  const programs = path.join(folder, process.platform === "win32" ? "Scripts" : "bin");
  const python = await findPython(name);
  const stampFile = path.join(folder, ".setup");
  const expected = await fingerprint([requirements], python);
  if (await isStamped(stampFile, expected)) return programs;
  await announced(`installing what ${name} needs of Python`, async () => {
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
    try {
      await rm(folder, { recursive: true, force: true });
      await output(python, ["-m", "venv", folder]);
      await output(path.join(programs, "python"), [...pip, "--require-hashes", "-r", requirements]);
    } catch (error) {
      throw new SetupError(`${name} could not be installed. ${/** @type {Error} */ (error).message}`);
    }
  });
  await stamp(stampFile, expected);
  return programs;
}

/** @param {string} name */
function findPython(name) {
  const ways = ["python3", "python"].map((command) => ({
    name: command,
    async attempt() {
      const version = await output(command, ["-c", "import platform; print(platform.python_version())"]);
      const [major = 0, minor = 0] = version.split(".").map(Number);
      if (major !== OLDEST[0] || minor < OLDEST[1]) throw new Error(`it is ${version}`);
      return command;
    },
  }));
  return firstThatWorks(`${name} needs Python ${OLDEST.join(".")} or newer, and npm test does not`, ways);
}
