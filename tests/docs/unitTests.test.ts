/** The unit tests of docs/unit-tests.md pass for every class, as a user would run them with node:test and with mocha. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import * as rotations from "../../provider/index";
import { createWorkspace, repository } from "../../tools/stack/workspace";
import { compiled, unitTestBlocks, writtenFor } from "./unitTestBlocks";

const run = promisify(execFile);

const mocha = path.join(repository, "node_modules", "mocha", "bin", "mocha.js");

interface Runner {
  readonly name: string;
  readonly words: readonly string[];
  readonly write: (code: string) => string;
  /** What it prints of a test that waits for an output which failed. */
  readonly failed: RegExp;
  /** What it prints of so many tests. */
  readonly passed: (count: number) => RegExp;
}

const runners: readonly Runner[] = [
  {
    name: "node:test",
    words: ["--test", "--test-reporter=spec"],
    write: (code) => code,
    failed: /findAccessToken makes no request under setMocks/,
    passed: (count) => new RegExp(`pass ${count}\\b`),
  },
  {
    name: "mocha",
    words: [mocha, "--no-config", "--timeout", "20000"],
    write: (code) => writtenFor("mocha", code),
    failed: /Timeout of \d+ms exceeded/,
    passed: (count) => new RegExp(`\\b${count} passing`),
  },
];

/** @returns what the runner prints, and whether all tests passed */
async function tested({ words, write }: Runner, code: string): Promise<{ printed: string; isPassed: boolean }> {
  const workspace = createWorkspace();
  try {
    const file = path.join(workspace.folder, "program.test.js");
    writeFileSync(file, compiled(write(code)));
    return await run(process.execPath, [...words, file], { cwd: workspace.folder }).then(
      ({ stdout }) => ({ printed: stdout, isPassed: true }),
      (error: unknown) => {
        const { stdout, stderr } = error as Record<"stdout" | "stderr", string>;
        return { printed: stdout + stderr, isPassed: false };
      },
    );
  } finally {
    workspace.remove();
  }
}

describe("the unit tests of the documentation", function () {
  this.timeout(120_000);
  const [first = assert.fail("the page has a test")] = unitTestBlocks;

  it("have one for every class", () => {
    const all = unitTestBlocks.join("\n");
    const classes = Object.keys(rotations).filter((name) => /^[A-Z]/.test(name));
    assert.deepEqual(
      classes.filter((name) => !new RegExp(`new (?:rotation\\.)?${name}\\(`).test(all)),
      [],
      "docs/unit-tests.md lacks a test of these classes",
    );
  });

  for (const runner of runners) {
    it(`pass with ${runner.name}, under mocks alone`, async () => {
      for (const code of unitTestBlocks) {
        const { printed, isPassed } = await tested(runner, code);
        assert.ok(isPassed, printed);
        assert.match(printed, runner.passed(code.match(/^test\(/gm)?.length ?? 0));
      }
    });

    it(`fail as the page says where the mocks don't answer: ${runner.name}`, async () => {
      const code = first.replace("launchdarkly:index:findAccessToken", "other:index:call");
      const { printed, isPassed } = await tested(runner, code);
      assert.ok(!isPassed, printed);
      assert.match(printed, runner.failed);
    });
  }
});
