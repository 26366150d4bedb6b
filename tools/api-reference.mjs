/**
 * Writes the API reference, docs/api/README.md, from the docstrings: `node tools/api-reference.mjs [--check]`. With
 * --check it writes nothing, and fails if the file is not what it would write.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";

import * as prettier from "prettier";
import { Application } from "typedoc";

import { fromRoot } from "./setup/process.mjs";

const file = fromRoot("docs", "api", "README.md");
const written = await reference();

if (!process.argv.includes("--check")) {
  await writeFile(file, written);
} else if ((await readFile(file, "utf8").catch(() => "")) !== written) {
  console.error("docs/api/README.md does not say what the docstrings say. Run: npm run docs:api");
  process.exitCode = 1;
}

/** @returns {Promise<string>} the page, as the repository's formatting has it */
async function reference() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "api-reference-"));
  try {
    const application = await Application.bootstrapWithPlugins({ options: fromRoot("typedoc.json") });
    const project = await application.convert();
    if (project === undefined) throw new Error("typedoc could not read the package");
    await application.outputs.writeOutput({ name: "markdown", path: folder }, project);
    if (application.logger.hasErrors() || application.logger.hasWarnings()) {
      throw new Error("typedoc is not content with the docstrings");
    }
    const text = await readFile(path.join(folder, "README.md"), "utf8");
    return await prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
