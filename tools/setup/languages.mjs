/**
 * Gets what `npm run test:languages` needs beside the CLI: the language hosts of Go, Python and YAML, the generator of
 * the SDKs, and the SDK of Python. What there is already is used; the rest is built or installed, once, below
 * node_modules/.cache.
 */
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { announced, fromRoot } from "./process.mjs";
import { firstHolding, VERSION } from "./pulumi-cli.mjs";
import { assertGo, build, copyFromSdk, executable } from "./pulumi-from-go.mjs";
import { ensurePython } from "./python.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Which hosts there are, the script of the SDK that one starts programs with, and how long each takes to build, in this
 * order, on a machine with two cores that does nothing else.
 *
 * @type {{ language: string, time: string, script?: string }[]}
 */
const HOSTS = [
  { language: "go", time: "2 minutes" },
  { language: "python", time: "5 s", script: path.join("python", "cmd", "pulumi-language-python-exec") },
  { language: "yaml", time: "2 minutes" },
];

/** The program that makes the SDKs: `generate-sdks SCHEMA FOLDER`. */
const GENERATOR = "generate-sdks";

const folder = fromRoot("node_modules", ".cache", "languages");

/**
 * @param {string} cli the folder of the CLI, which may have hosts of its own
 * @returns {Promise<string[]>} the folders to put in front of PATH
 * @throws {SetupError} if something can't be built or installed
 */
export async function ensureLanguages(cli) {
  await mkdir(folder, { recursive: true });
  const folders = [cli, ...(process.env["PATH"] ?? "").split(path.delimiter)];
  for (const { language, ...how } of HOSTS) {
    const name = `pulumi-language-${language}`;
    if ((await firstHolding(name, folders)) === undefined) await ensureProgram(name, `language-${language}`, how);
  }
  const source = fromRoot("tools", "plugin", "sdks", "main.go");
  await ensureProgram(GENERATOR, `cli-${VERSION}`, { source, time: "3 to 8 minutes" });
  const requirements = fromRoot("tools", "languages", "requirements.txt");
  return [folder, await ensurePython({ name: "languages-python", requirements })];
}

/**
 * @param {string} name
 * @param {string} module folder in tools/pulumi-cli
 * @param {{ time: string, source?: string, script?: string }} how
 */
async function ensureProgram(name, module, { time, source, script }) {
  const file = path.join(folder, executable(name));
  const stampFile = path.join(folder, `${name}.setup`);
  const inputs = [fromRoot("tools", "pulumi-cli", module), ...(source === undefined ? [] : [source])];
  const expected = await fingerprint(inputs);
  if (await isStamped(stampFile, expected)) return;
  await announced(`building ${name} with Go, once (some ${time})`, async () => {
    try {
      await assertGo();
      // Renamed, so that an interrupted build leaves nothing half done.
      await build(module, `${file}.part`, source === undefined ? {} : { source });
      await rename(`${file}.part`, file);
      if (script !== undefined) await copyFromSdk(module, script, folder);
    } catch (error) {
      throw new SetupError(`${name} could not be built. ${/** @type {Error} */ (error).message}`);
    }
  });
  await stamp(stampFile, expected);
}
