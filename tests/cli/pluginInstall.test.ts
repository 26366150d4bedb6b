/** Pulumi's CLI installs the packed plugin, as `pulumi up` does, from where the schema says that it is. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { manifest } from "../../tools/plugin/committed";
import { PACKAGE } from "../../tools/plugin/names";
import { repository } from "../../tools/stack/workspace";
import { createServers } from "../support/servers";

const execute = promisify(execFile);
const PROGRAM = `pulumi-resource-${PACKAGE}`;

describe("the packed plugin", function () {
  this.timeout(60_000);
  let target: string;
  before(() => {
    target = mkdtempSync(path.join(os.tmpdir(), "plugin-"));
    const entry = path.join("tests", "plugin", "fixtures", "main.ts");
    const words = ["tools/plugin/pack.mjs", "--entry", entry, "--target", target];
    execFileSync(process.execPath, words, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
  });
  after(() => {
    rmSync(target, { recursive: true, force: true });
  });

  /** @returns the folder that Pulumi starts the plugin from */
  async function installed(...words: string[]): Promise<string> {
    const home = mkdtempSync(path.join(target, "home-"));
    await execute("pulumi", ["plugin", "install", "resource", PACKAGE, manifest.version, ...words], {
      env: {
        ...process.env,
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${home}`,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });
    return path.join(home, "plugins", `resource-${PACKAGE}-v${manifest.version}`);
  }

  it("is found by the address of the schema, in which Pulumi puts the version", async () => {
    const asked: string[] = [];
    const servers = createServers();
    const server = createServer(({ url = "" }, response) => {
      asked.push(url);
      response.end(readFileSync(path.join(target, path.basename(url))));
    });
    try {
      const { pluginDownloadURL } = JSON.parse(
        readFileSync(path.join(repository, "plugin", "schema.json"), "utf8"),
      ) as { pluginDownloadURL: string };
      const port = await servers.listen(server);
      const folder = await installed(
        "--server",
        pluginDownloadURL.replace("https://github.com", `http://127.0.0.1:${port}`),
      );
      const home = "/pulumi-launchdarkly-rotation/pulumi-launchdarkly-rotation";
      const release = `${home}/releases/download/pulumi-launchdarkly-rotation@${manifest.version}`;
      const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
      assert.deepEqual(asked, [`${release}/${PROGRAM}-v${manifest.version}-${system}.tar.gz`]);
      assert.ok(readdirSync(folder).includes("plugin.cjs"));
    } finally {
      await servers.stop();
    }
  });

  it("is installed from its file, ready to be started", async () => {
    const folder = await installed("--file", path.join(target, `${PROGRAM}-v${manifest.version}-linux-amd64.tar.gz`));
    const program = path.join(folder, PROGRAM);
    if (process.platform !== "win32") assert.ok(statSync(program).mode & 0o100);
    assert.deepEqual(readdirSync(folder).sort(), readdirSync(path.join(target, "folder")).sort());
  });
});
