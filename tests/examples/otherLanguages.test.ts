/** The reader in Python of examples/consumers: run with a stand-in for Pulumi's SDK, where there is Python. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

const consumers = path.join(repository, "examples", "consumers");

/** As much of the SDK as the program uses. It prints what is asked for, and what is exported. */
const SDK = `
class Config:
    def require(self, name): return "the setting " + name
class StackReference:
    def __init__(self, name): self.name = name
    def require_output(self, output): return "the output " + output + " of " + self.name
def export(name, value): print(name + ": " + value)
`;

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("the reader in Python", () => {
  it("hands on the output that the rotating stack exports", function () {
    if (!hasPython) this.skip();
    const folder = mkdtempSync(path.join(os.tmpdir(), "reader-"));
    try {
      writeFileSync(path.join(folder, "pulumi.py"), SDK);
      const program = path.join(consumers, "reader-python", "__main__.py");
      const environment = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" };
      const { status, stdout, stderr } = spawnSync("python3", [program], { encoding: "utf8", env: environment });
      assert.equal(status, 0, stderr);
      assert.equal(stdout.trim(), "token: the output token of the setting rotatingStack");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names an output that the rotating stack has", () => {
    assert.match(readFileSync(path.join(consumers, "index.ts"), "utf8"), /^export const token = /m);
  });
});
