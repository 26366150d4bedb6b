import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { repository } from "../../tools/stack/workspace";

const examples = readdirSync(path.join(repository, "examples"));
const compiler = require.resolve("typescript/bin/tsc");

describe("the types of the examples", function () {
  this.timeout(240_000);

  for (const example of examples) {
    it(`fit in ${example}, by its own settings`, async () => {
      const project = path.join(repository, "examples", example);
      const words = [compiler, "--noEmit", "-p", project, "--listFilesOnly"];
      const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 64 * 1024 * 1024 });
      const sources = readdirSync(project, { recursive: true, encoding: "utf8" }).filter((file) =>
        file.endsWith(".ts"),
      );
      for (const source of sources) assert.ok(stdout.includes(path.join(project, source)), `${source} is compiled`);
      await promisify(execFile)(process.execPath, words.slice(0, -1));
    });
  }
});
