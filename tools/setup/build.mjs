/** Builds the package into dist/ when what it is made of differs from the last time. */
import { writeVersion } from "../build/version.mjs";
import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { announced, fromRoot } from "./process.mjs";
import { SetupError } from "./setup-error.mjs";

const sources = ["provider", "tools/build", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const stampFile = fromRoot("dist", ".setup-build");

/**
 * @returns {Promise<void>}
 * @throws {SetupError} when the sources don't compile, with what the compiler said
 */
export async function ensureBuild() {
  await writeVersion();
  const expected = await fingerprint(sources.map((source) => fromRoot(source)));
  if (await isStamped(stampFile, expected)) return;
  await announced("compiling the package", compile);
  await stamp(stampFile, expected);
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
