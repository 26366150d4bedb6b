/**
 * A part of `npm run test:examples`: the examples for clouds compile, with the SDKs of their lock files, which npm gets from
 * its registry.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { assertCompiles, projectsWithSdks } from "./compile";
import { examples } from "./projects";

const run = promisify(execFile);

describe("the types of the examples that bring SDKs of their own", function () {
  this.timeout(240_000);

  for (const project of projectsWithSdks) {
    it(`fit in ${project}, by its own settings`, async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "example-"));
      try {
        cpSync(path.join(examples, project), folder, { recursive: true });
        // A batch file on Windows, which only a shell starts.
        const options = { cwd: folder, shell: process.platform === "win32" };
        await run("npm", ["ci", "--ignore-scripts", "--loglevel=error"], options);
        assertCompiles(project, folder);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
