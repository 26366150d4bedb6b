/** Commands of `tools/with-setup.mjs`: silent where nothing is to do, with the CLI on their PATH. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";

import semver from "semver";

import { repository } from "../../tools/stack/workspace";

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

describe("the set-up", () => {
  const withSetup = (...words: string[]) =>
    spawnSync(process.execPath, ["tools/with-setup.mjs", ...words], { cwd: repository, encoding: "utf8" });

  it("says nothing when there is nothing to do, and runs the command with its exit status", () => {
    const { status, stdout, stderr } = withSetup("node", "-e", "console.log('ran'); process.exitCode = 3");
    assert.deepEqual([status, stdout, stderr], [3, "ran\n", ""]);
  });

  it("puts a Pulumi CLI on the PATH of the command that is new enough, with what runs programs of Node.js", () => {
    const { status, stdout } = withSetup("pulumi", "version");
    assert.equal(status, 0);
    const source = readFileSync(path.join(repository, "tools", "setup", "pulumi-cli.mjs"), "utf8");
    const [, minimum = ""] = /^const MINIMUM_VERSION = "(.+)";$/m.exec(source) ?? assert.fail();
    assert.ok(semver.gte(stdout.trim(), minimum), `${stdout} is older than ${minimum}`);

    const folders = withSetup("node", "-p", "process.env.PATH").stdout.trim().split(path.delimiter);
    for (const program of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      const names = process.platform === "win32" ? [`${program}.exe`, `${program}.cmd`] : [program];
      assert.ok(
        folders.some((folder) => names.some((name) => isProgram(path.join(folder, name)))),
        program,
      );
    }
  });

  it("says so when there is no such command", () => {
    const { status, stderr } = withSetup("no-such-command");
    assert.equal(status, 1);
    assert.match(stderr, /^setup: cannot run no-such-command/);
  });

  it("repeats the first and the last lines of a program that fails", async () => {
    const file = path.join(repository, "tools", "setup", "process.mjs");
    const { output } = (await import(file)) as { output: (command: string, words: string[]) => Promise<string> };
    const script = (count: number) => `for (let i = 1; i <= ${count}; i++) console.log(i); process.exitCode = 1`;
    const said = (count: number) => output(process.execPath, ["-e", script(count)]).catch(String);
    assert.match(await said(3), /failed \(exit 1\)\n1\n2\n3$/);
    assert.match(await said(90), /failed \(exit 1\)\n1\n2\n3\n4\n5\n…\n76\n(?:\d+\n)+90$/);
  });

  it("takes the first way that works, and names every way tried when none does", async () => {
    const file = path.join(repository, "tools", "setup", "first-that-works.mjs");
    const { firstThatWorks } = (await import(file)) as {
      firstThatWorks: (verdict: string, ways: { name: string; attempt: () => Promise<string> }[]) => Promise<string>;
    };
    const tried: string[] = [];
    const way = (name: string, works: boolean) => ({
      name,
      attempt: () => {
        tried.push(name);
        return works ? Promise.resolve(name) : Promise.reject(new Error(`${name} is broken`));
      },
    });
    assert.equal(await firstThatWorks("none", [way("a", false), way("b", true), way("c", true)]), "b");
    assert.deepEqual(tried, ["a", "b"]);
    await assert.rejects(firstThatWorks("no CLI", [way("a", false), way("b", false)]), {
      message: "no CLI. Tried:\n  - a: a is broken\n  - b: b is broken",
    });
  });

  it("builds again where a file of dist/ was added, changed or removed, or a source was moved", async () => {
    const load = (name: string) => import(path.join(repository, "tools", "setup", name)) as Promise<unknown>;
    const { isBuilt, markBuilt } = (await load("build.mjs")) as Record<
      "isBuilt" | "markBuilt",
      (dist: string, from: string) => Promise<unknown>
    >;
    const { fingerprint } = (await load("fingerprint.mjs")) as { fingerprint: (paths: string[]) => Promise<string> };
    const dist = mkdtempSync(path.join(os.tmpdir(), "dist-"));
    try {
      mkdirSync(path.join(dist, "src"));
      for (const file of ["a.js", "src/b.ts"]) writeFileSync(path.join(dist, file), file);
      await markBuilt(dist, "one");
      assert.deepEqual([await isBuilt(dist, "one"), await isBuilt(dist, "two")], [true, false]);
      writeFileSync(path.join(dist, "src", "stray.ts"), "stray");
      assert.equal(await isBuilt(dist, "one"), false);
      rmSync(path.join(dist, "src", "stray.ts"));
      assert.equal(await isBuilt(dist, "one"), true);
      const before = await fingerprint([dist]);
      renameSync(path.join(dist, "src", "b.ts"), path.join(dist, "b.ts"));
      assert.notEqual(await fingerprint([dist]), before);
      assert.equal(await isBuilt(dist, "one"), false);
    } finally {
      rmSync(dist, { recursive: true });
    }
  });
});
