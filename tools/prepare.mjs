/**
 * Builds the package where npm asks for it: after an install in a clone, and when somebody installs a clone's folder or a
 * git URL, which have no dist/. Run by npm as `prepare`.
 */
import { existsSync } from "node:fs";
import process from "node:process";

import { ensureBuild } from "./setup/build.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { fromRoot } from "./setup/process.mjs";
import { SetupError } from "./setup/setup-error.mjs";

try {
  // npm has installed them, unless it links a fresh clone.
  if (!existsSync(fromRoot("node_modules", "esbuild"))) await ensureDependencies();
  await ensureBuild();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`prepare: ${error.message}`);
  process.exitCode = 1;
}
