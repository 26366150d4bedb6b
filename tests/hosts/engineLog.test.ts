/** A message for the engine, where a later SDK closes or moves the client of the engine, which is not in its public API. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { build, type BuildOptions } from "esbuild";

import { repository } from "../../tools/stack/workspace";
import { startEngine } from "../support/engine";

interface Bundler {
  readonly options: BuildOptions;
}

const run = promisify(execFile);
const MESSAGE = "the old key dies soon";
const SCRIPT = `
  const { createEngineLog, sdkGrpc } = require("./engineLog");
  const log = createEngineLog(process.argv[1], Date.now, sdkGrpc, console.error);
  log("warning", ${JSON.stringify(MESSAGE)}).then(() => process.exit());
`;

/** What the dynamic host shows messages by. */
const MODULES = `export * from "./engine"; export * from "./dynamic/processHost";`;

/** What `exports` of a later SDK may say. */
const ENTRY_ALONE = { ".": "./index.js" };
const NO_REQUIRE = { ".": { import: "./index.mjs" } };

describe("a message for the engine", () => {
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "engine-log-"));
    const { options } = (await import(path.join(repository, "tools", "build", "bundle.mjs"))) as Bundler;
    await build({
      ...options,
      stdin: { contents: MODULES, resolveDir: path.join(repository, "provider", "hosts"), loader: "ts" },
      outfile: path.join(folder, "engineLog.js"),
    });
    mkdirSync(path.join(folder, "node_modules"));
    for (const name of ["@grpc", "google-protobuf"]) {
      const target = path.join(folder, "node_modules", name);
      symlinkSync(path.join(repository, "node_modules", name), target, "junction");
    }
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Installs an SDK that has the engine's client in this folder of its own. */
  function install(exports: object, client: string): void {
    const sdk = path.join("node_modules", "@pulumi", "pulumi");
    const target = path.join(folder, sdk);
    cpSync(path.join(repository, sdk, "proto"), path.join(target, client), { recursive: true });
    const manifest = { name: "@pulumi/pulumi", version: "3.999.0", main: "index.js", exports };
    writeFileSync(path.join(target, "package.json"), JSON.stringify(manifest));
    writeFileSync(path.join(target, "index.js"), "");
  }

  /** @returns what the engine and standard error have got */
  async function log(): Promise<{ shown: string[]; written: string }> {
    const shown: string[] = [];
    const engine = await startEngine(shown);
    try {
      const { stderr } = await run(process.execPath, ["-e", SCRIPT, engine.address], { cwd: folder });
      return { shown, written: stderr };
    } finally {
      engine.stop();
    }
  }

  it("is shown by the engine though the SDK exports nothing but its entry", async () => {
    install(ENTRY_ALONE, "proto");
    assert.deepEqual(await log(), { shown: [`warning: ${MESSAGE}`], written: "" });
  });

  for (const [what, exports, client] of [
    ["has the client elsewhere", ENTRY_ALONE, "elsewhere"],
    ["can't be required", NO_REQUIRE, "proto"],
  ] as const) {
    it(`goes to standard error where the SDK ${what}`, async () => {
      install(exports, client);
      assert.deepEqual(await log(), { shown: [], written: `warning: ${MESSAGE}\n` });
    });
  }
});
