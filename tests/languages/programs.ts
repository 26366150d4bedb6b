/** Programs in Pulumi's other languages, with their hosts, their SDKs and the packed plugin: `npm run test:languages`. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import path from "node:path";

import { createStack } from "../../tools/stack/stack";
import { repository } from "../../tools/stack/workspace";
import { type Generated, generateSdks, GO_SETTINGS } from "./generated";

describe("a program", function () {
  this.timeout(900_000);
  let sdks: Generated;
  before(() => {
    sdks = generateSdks();
    // Beside the projects, which name it by a path.
    const target = path.join(sdks.module, "plugin");
    const words = ["tools/plugin/pack.mjs", "--entry", "tests/languages/plugin.ts", "--target", target];
    execFileSync(process.execPath, words, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
  });
  after(() => {
    sdks.remove();
  });

  for (const language of ["yaml", "python", "go"]) {
    it(`has a key, a reason and what it looks up, and nothing changes without a change: ${language}`, async () => {
      const folder = path.join(sdks.module, language);
      cpSync(path.join(__dirname, "programs", language), folder, { recursive: true });
      const stack = await createStack({
        workspace: { folder, aside: path.join(sdks.folder, `${language}-state`), remove: () => undefined },
        environment: { ...GO_SETTINGS, PYTHONPATH: sdks.python },
      });
      const up = await stack.pulumi("up", "--yes", "--non-interactive");
      assert.equal(up.status, 0, up.output);
      assert.deepEqual(await stack.outputs(), { token: 'key of "found"', reason: '{"quarter":"2026-Q4"}' });
      assert.doesNotMatch(up.output, /key of/);
      const preview = await stack.pulumi("preview", "--non-interactive", "--expect-no-changes");
      assert.equal(preview.status, 0, preview.output);
    });
  }
});
