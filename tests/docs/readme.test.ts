/** The README's program and commands, as a newcomer types them, with the real CLI. The host is the sandbox's. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { startSandbox } from "../../sandbox/sandbox";
import { createStack } from "../../tools/stack/stack";
import { createWorkspace } from "../../tools/stack/workspace";
import { blocksIn, page } from "./pages";
import { commands } from "./shell";

const readme = page("README.md");
const [program] = blocksIn([readme], "ts");
const typed = blocksIn([readme], "sh")
  .flatMap(({ code }) => commands(code))
  .filter(({ words }) => words[0] === "pulumi");

describe("the README", function () {
  this.timeout(240_000);

  it("is two screens long", () => {
    const { headings } = readme;
    const lines = headings.reduce((sum, { body }) => sum + body.split("\n").length, 0);
    assert.ok(lines <= 110, String(lines));
  });

  it("leads a newcomer to a rotation", async () => {
    const workspace = createWorkspace();
    const sandbox = await startSandbox();
    try {
      writeFileSync(path.join(workspace.folder, "Pulumi.yaml"), "name: newcomer\nruntime: nodejs\n");
      const stack = await createStack({ workspace, environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
      const pulumi = async (...words: string[]) => {
        const { status, output } = await stack.pulumi(...words);
        assert.equal(status, 0, output);
        return output;
      };
      const up = async (code: string) => {
        writeFileSync(path.join(workspace.folder, "index.ts"), code);
        await pulumi("up", "--yes", "--non-interactive", "--skip-preview");
        return String((await stack.outputs())["token"]);
      };
      const isAccepted = (key: string) => sandbox.store.findByKey(key, sandbox.clock.now()) !== undefined;

      await pulumi("config", "set", "launchdarkly:apiHost", sandbox.url);
      assert.ok(typed.length > 0);
      for (const { words } of typed)
        await pulumi(...words.slice(1).map((word) => word.replace("api-…", sandbox.adminKey)));
      const code = program?.code ?? assert.fail("the README has a program");
      const first = await up(code);
      assert.ok(isAccepted(first));
      assert.match(code, /2026-Q4/);
      const second = await up(code.replace("2026-Q4", "2027-Q1"));
      assert.notEqual(second, first);
      assert.ok(isAccepted(first), "the old key keeps working");
      assert.ok(isAccepted(second));
    } finally {
      await sandbox.stop();
      workspace.remove();
    }
  });
});
