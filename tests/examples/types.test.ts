import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { repository } from "../../tools/stack/workspace";

const run = promisify(execFile);
const examples = path.join(repository, "examples");

/** Every file below the examples, by its path there. */
const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter(
  (file) => !file.includes("node_modules"),
);
const projects = files.filter((file) => path.basename(file) === "tsconfig.json").map((file) => path.dirname(file));

/** The project that a file belongs to: the innermost one. */
function projectOf(file: string): string | undefined {
  return projects.filter((project) => file.startsWith(`${project}${path.sep}`)).sort((a, b) => b.length - a.length)[0];
}

async function compile(project: string): Promise<string> {
  const compiler = require.resolve("typescript/bin/tsc");
  const words = [compiler, "--noEmit", "--listFiles", "-p", project];
  return (await run(process.execPath, words, { maxBuffer: 64 * 1024 * 1024 })).stdout;
}

describe("the types of the examples", function () {
  this.timeout(240_000);

  for (const project of projects) {
    it(`fit in ${project}, by its own settings`, async () => {
      const folder = path.join(examples, project);
      const sources = files.filter((file) => file.endsWith(".ts") && projectOf(file) === project);
      assert.ok(sources.length > 0);
      // One with a lock file of its own needs SDKs that are kept out of this repository's packages: Pulumi would take
      // them for the quickstart's, too, and download their plugins.
      const own = existsSync(path.join(folder, "package-lock.json"));
      const temporary = mkdtempSync(path.join(os.tmpdir(), "example-"));
      try {
        if (own) {
          cpSync(folder, temporary, { recursive: true });
          await run("npm", ["ci", "--ignore-scripts", "--loglevel=error"], { cwd: temporary });
        }
        const compiled = await compile(own ? temporary : folder);
        for (const source of sources) {
          const file = path.join(own ? temporary : folder, path.relative(project, source));
          assert.ok(compiled.split("\n").includes(file), `${source} is compiled`);
        }
      } finally {
        rmSync(temporary, { recursive: true });
      }
    });
  }
});
