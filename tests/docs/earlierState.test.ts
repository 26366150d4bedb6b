/** The ways of docs/when-things-go-wrong.md to a key that leaves the stack, with the real CLI and a file backend. */
import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { createRotationStack, type RotationStack } from "../support/rotationStack";
import { blocksIn, page } from "./pages";
import { commands } from "./shell";

const PROJECT = "launchdarkly-rotation-quickstart";

describe("a key that leaves the stack", function () {
  this.timeout(120_000);
  let rotation: RotationStack;
  let state: string;

  beforeEach(async () => {
    rotation = await createRotationStack();
    state = path.join(rotation.workspace.aside, "state", ".pulumi");
    assert.equal((await rotation.up()).status, 0);
  });
  afterEach(() => rotation.stop());

  const succeed = async (...words: string[]) => {
    const { status, output, standardOutput } = await rotation.stack.pulumi(...words);
    assert.equal(status, 0, output);
    return standardOutput;
  };

  it("is saved before by the command of the page, and is in the state of an earlier run after a destroy", async () => {
    const key = rotation.currentKey() ?? assert.fail("the token has a key");
    const typed = blocksIn([page("docs/when-things-go-wrong.md")], "sh").flatMap(({ code }) => commands(code));
    const saving = typed.find(({ words }) => words.includes("export"));
    await succeed(...(saving?.words.slice(1) ?? []));
    assert.ok(readFileSync(path.join(rotation.workspace.folder, "backup.json"), "utf8").includes(key));

    await succeed("destroy", "--yes", "--non-interactive", "--skip-preview");
    const history = path.join(state, "history", PROJECT, "dev");
    const [first = ""] = readdirSync(history)
      .filter((file) => file.endsWith(".checkpoint.json"))
      .sort();
    copyFileSync(path.join(history, first), path.join(state, "stacks", PROJECT, "dev.json"));
    assert.equal((await succeed("stack", "output", "token", "--show-secrets")).trim(), key);
  });
});
