/** Compiles the package into dist/ when its sources differ from those last compiled. */
import { rm } from "node:fs/promises";
import process from "node:process";

import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { announced, fromRoot, output } from "./process.mjs";
import { SetupError } from "./setup-error.mjs";

const sources = ["provider", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const stampFile = fromRoot("dist", ".setup-build");

/**
 * @returns {Promise<void>}
 * @throws {SetupError} when the sources don't compile, with what the compiler said
 */
export async function ensureBuild() {
  const expected = await fingerprint(sources.map((source) => fromRoot(source)));
  if (await isStamped(stampFile, expected)) return;
  await announced("compiling the package", compile);
  await stamp(stampFile, expected);
}

async function compile() {
  await rm(fromRoot("dist"), { recursive: true, force: true });
  try {
    await output(process.execPath, [fromRoot("node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"]);
  } catch (error) {
    throw new SetupError(`the package does not compile. ${/** @type {Error} */ (error).message}`);
  }
}
