/** The unit test of docs/unit-tests.md passes, as a user would run it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import ts from "typescript";

import { createWorkspace } from "../../tools/stack/workspace";
import { blocksIn, page } from "./pages";

const run = promisify(execFile);

const [block] = blocksIn([page("docs/unit-tests.md")], "ts");

/** @returns what node:test prints, and whether all tests passed */
async function tested(code: string): Promise<{ readonly printed: string; readonly isPassed: boolean }> {
  const workspace = createWorkspace();
  try {
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    const file = path.join(workspace.folder, "program.test.js");
    writeFileSync(file, outputText);
    return await run(process.execPath, ["--test", "--test-reporter=spec", file]).then(
      ({ stdout }) => ({ printed: stdout, isPassed: true }),
      (error: unknown) => ({ printed: (error as { stdout: string }).stdout, isPassed: false }),
    );
  } finally {
    workspace.remove();
  }
}

describe("the unit test of the documentation", function () {
  this.timeout(60_000);

  it("passes, and finds the token that the mocks answer", async () => {
    const { printed, isPassed } = await tested(block?.code ?? assert.fail("the page has a test"));
    assert.ok(isPassed, printed);
    assert.match(printed, /pass 1\b/);
  });

  it("fails as the page says where the mocks don't answer", async () => {
    const code = block?.code.replace("launchdarkly:index:findAccessToken", "other:index:call") ?? assert.fail();
    const { printed, isPassed } = await tested(code);
    assert.ok(!isPassed, printed);
    assert.match(printed, /findAccessToken makes no request under setMocks/);
  });
});
