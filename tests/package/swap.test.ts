/** A pack that was cut off: the repository's own package.json and README.md come back. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";
import { swap } from "./packed";

const FILES = ["package.json", "README.md"];
const SWAP = path.join(repository, "tools", "package", "swap.mjs");

interface Restoring {
  restoreLeft(folder: string): Promise<void>;
}

describe("a pack that was cut off", function () {
  this.timeout(60_000);
  let folder: string;
  let restoring: Restoring;

  before(async () => {
    restoring = (await import(path.join(repository, "tools", "package", "restore.mjs"))) as Restoring;
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cut-off-"));
    for (const file of FILES) cpSync(path.join(repository, file), path.join(folder, file));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (file: string, of = folder) => readFileSync(path.join(of, file), "utf8");
  const assertMended = () => {
    for (const file of FILES) assert.equal(text(file), text(file, repository), file);
    assert.ok(!existsSync(path.join(folder, ".unpacked")));
  };
  const packing = (id: string) => {
    writeFileSync(path.join(folder, ".unpacked", "packing"), id);
  };

  it("is mended by the next command, and by the next pack", async () => {
    swap(folder, "prepack");
    assert.ok(!("scripts" in (JSON.parse(text("package.json")) as object)));
    packing("0");
    await restoring.restoreLeft(folder);
    assertMended();
    swap(folder, "prepack");
    swap(folder, "prepack");
    swap(folder, "postpack");
    assertMended();
  });

  it("is told from one that is under way, and from a file that somebody has written since", async () => {
    swap(folder, "prepack");
    packing(String(process.pid));
    await restoring.restoreLeft(folder);
    assert.ok(!("scripts" in (JSON.parse(text("package.json")) as object)));
    writeFileSync(path.join(folder, "README.md"), "written since");
    packing("0");
    await restoring.restoreLeft(folder);
    assert.deepEqual([text("README.md"), text("package.json")], ["written since", text("package.json", repository)]);
  });

  it("is mended when npm is killed, without another command", async function () {
    if (process.platform === "win32") this.skip();
    writeFileSync(
      path.join(folder, "npm-cli.js"),
      `require("node:child_process").execFileSync(process.execPath, [${JSON.stringify(SWAP)}, "prepack"]);
       console.log("packing");
       process.stdin.resume();`,
    );
    const npm = spawn(process.execPath, ["npm-cli.js"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    await once(npm.stdout, "data");
    assert.ok(!("scripts" in (JSON.parse(text("package.json")) as object)));
    const watcher = watch(folder);
    npm.kill("SIGKILL");
    while (existsSync(path.join(folder, ".unpacked"))) await once(watcher, "change");
    watcher.close();
    assertMended();
  });
});
