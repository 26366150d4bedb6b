/** What a release uploads as the plugin: the files, and the scripts that start it. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { manifest } from "../../tools/plugin/committed";
import { repository } from "../../tools/stack/workspace";
import { pluginFolder } from "../support/pluginFolder";

const PROGRAM = "pulumi-resource-launchdarkly-rotation";
const entry = path.join("tests", "plugin", "fixtures", "main.ts");
const { engines } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
  engines: { node: string };
};
const [, oldest = ""] = /^>=(\d+)$/.exec(engines.node) ?? assert.fail(engines.node);

/** What the scripts say, before the reason. */
const WORDS = `This is no bug: the plugin launchdarkly-rotation can't start without Node.js ${oldest} or newer, and `;

describe("the packed plugin", function () {
  this.timeout(60_000);
  let target: string;
  /** What was unpacked, in a folder whose name a script has to quote. */
  let unpacked: string;

  const pack = (to: string) => {
    const words = ["tools/plugin/pack.mjs", "--entry", entry, "--target", to];
    execFileSync(process.execPath, words, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
    return readdirSync(to)
      .filter((name) => name.endsWith(".tar.gz"))
      .sort();
  };

  before(() => {
    target = mkdtempSync(path.join(os.tmpdir(), "plugin-"));
    const [tarball = ""] = pack(target);
    unpacked = path.join(target, "un packed");
    // As in somebody's home, where plugins are.
    writeFileSync(path.join(target, "package.json"), JSON.stringify({ type: "module" }));
    mkdirSync(unpacked);
    execFileSync("tar", ["-xzf", path.join(target, tarball), "-C", unpacked]);
  });
  after(() => {
    rmSync(target, { recursive: true, force: true });
  });

  it("has a file under each name that Pulumi asks for, all of them the same", () => {
    const systems = ["darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm64", "windows-amd64", "windows-arm64"];
    const names = systems.map((system) => `${PROGRAM}-v${manifest.version}-${system}.tar.gz`);
    assert.deepEqual(
      readdirSync(target)
        .filter((name) => name.endsWith(".tar.gz"))
        .sort(),
      names,
    );
    const contents = new Set(names.map((name) => readFileSync(path.join(target, name), "base64")));
    assert.equal(contents.size, 1);
  });

  it("is the same bytes for the same sources", () => {
    const again = path.join(target, "again");
    const [name = ""] = pack(again);
    assert.ok(readFileSync(path.join(again, name)).equals(readFileSync(path.join(target, name))));
  });

  it("has what it needs, and nothing that would have Pulumi install anything in its folder", () => {
    assert.deepEqual(readdirSync(unpacked).sort(), [
      "LICENSE",
      "main.cjs",
      "plugin.cjs",
      PROGRAM,
      `${PROGRAM}.cmd`,
      "schema.json",
      "third-party-licences.txt",
    ]);
    const schema = readFileSync(path.join(repository, "plugin", "schema.json"), "utf8");
    assert.equal(readFileSync(path.join(unpacked, "schema.json"), "utf8"), schema);
    assert.match(readFileSync(path.join(unpacked, "third-party-licences.txt"), "utf8"), /^google-protobuf \S+ \(/m);
  });

  it("has nothing that would read descriptions of protocols: it has them compiled", () => {
    const licences = readFileSync(path.join(pluginFolder, "third-party-licences.txt"), "utf8");
    assert.match(licences, /^@grpc\/grpc-js \S+ \(/m);
    assert.doesNotMatch(licences, /^protobufjs /m);
  });

  describe("its script for a Unix shell", function () {
    before(function () {
      if (process.platform === "win32") this.skip();
    });

    /** @param folder the only one on PATH */
    function start(folder: string, ...words: string[]) {
      const { status, stdout, stderr } = spawnSync(path.join(unpacked, PROGRAM), words, {
        encoding: "utf8",
        env: { PATH: folder },
      });
      return { status, stdout, stderr };
    }

    /** A folder whose only program is a Node.js that says of itself to be of that version. */
    function nodeOf(version: string): string {
      const folder = mkdtempSync(path.join(target, "path-"));
      const change = path.join(folder, "change.cjs");
      writeFileSync(change, `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });`);
      writeFileSync(path.join(folder, "node"), `#!/bin/sh\nexec "${process.execPath}" --require "${change}" "$@"\n`);
      chmodSync(path.join(folder, "node"), 0o755);
      return folder;
    }

    it("can be run, and hands words and the exit status on", () => {
      assert.ok(statSync(path.join(unpacked, PROGRAM)).mode & 0o100);
      const words = ["--flag", "a word", "127.0.0.1:1"];
      const started = start(nodeOf(`${oldest}.0.0`), ...words);
      assert.deepEqual(started, { status: 7, stdout: `${JSON.stringify({ words })}\n`, stderr: "" });
    });

    it("says so if there is no Node.js, and what to do", () => {
      const { status, stdout, stderr } = start(mkdtempSync(path.join(target, "path-")), "127.0.0.1:1");
      assert.deepEqual([status, stdout], [1, ""]);
      assert.equal(stderr, `\n${WORDS}there is no node on PATH. Install it: https://nodejs.org\n`);
    });

    it("says so if Node.js is too old, and reads nothing of the rest", () => {
      for (const version of [`${Number(oldest) - 1}.99.1`, "20.19.5", "8.17.0", "0.12.18"]) {
        const { status, stdout, stderr } = start(nodeOf(version), "127.0.0.1:1");
        assert.deepEqual([status, stdout], [1, ""]);
        assert.equal(stderr, `\n${WORDS}node on PATH is ${version}. Install a newer one: https://nodejs.org\n`);
      }
    });
  });

  it("has a script for Windows that starts the same, with line ends by which labels are found", () => {
    const text = readFileSync(path.join(unpacked, `${PROGRAM}.cmd`), "utf8");
    assert.ok(
      text
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r")),
    );
    const lines = text.split("\r\n");
    const at = (line: string) => lines.indexOf(line);
    assert.equal(at("@echo off"), 0);
    assert.ok(at("if errorlevel 1 goto missing") === at("where node >nul 2>nul") + 1);
    assert.ok(at('node "%~dp0plugin.cjs" %*') < at("exit /b %errorlevel%"));
    assert.ok(at("exit /b %errorlevel%") < at(":missing"));
    const told = "there is no node on PATH. Install it: https://nodejs.org";
    const missing = ["echo. 1>&2", `echo ${WORDS}${told} 1>&2`, "exit /b 1", ""];
    assert.deepEqual(lines.slice(at(":missing") + 1), missing);
  });

  it("is written for every Node.js in the file that asks for its version", () => {
    const text = readFileSync(path.join(unpacked, "plugin.cjs"), "utf8");
    assert.doesNotMatch(text.replace(/\/\*[^]*?\*\//g, ""), /`|=>|\b(?:const|let|import|class|async)\b|\?\?|\?\./);
  });
});
