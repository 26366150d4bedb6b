/**
 * Runs a command once everything it needs is there:
 * `node tools/with-setup.mjs [--without-cli | --oldest-cli | --with-languages] <command> [argument…]`.
 *
 * On a fresh clone that means installing the lock file, compiling the package, finding or building the Pulumi CLI, and
 * getting a Node.js that the package supports; afterwards nothing, silently. The command sees them and the project's
 * binaries first on its PATH.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";

import { restoreLeft } from "./package/restore.mjs";
import { ensureBuild } from "./setup/build.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureNode } from "./setup/node.mjs";
import { fromRoot } from "./setup/process.mjs";
import { SetupError } from "./setup/setup-error.mjs";

const commandLine = process.argv.slice(2);
const withoutCli = commandLine[0] === "--without-cli";
const oldest = commandLine[0] === "--oldest-cli";
const withLanguages = commandLine[0] === "--with-languages";
if (withoutCli || oldest || withLanguages) commandLine.shift();

try {
  const folders = await setUp();
  run(commandLine, folders);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}

/** @returns {Promise<string[]>} the folders to put in front of PATH */
async function setUp() {
  await restoreLeft(fromRoot());
  await ensureDependencies();
  await ensureBuild();
  const folders = [fromRoot("node_modules", ".bin"), ...(await ensureNode())];
  if (!withoutCli) {
    // Imported late: it needs @pulumi/pulumi, which the line above may just have installed.
    const { ensurePulumiCli } = await import("./setup/pulumi-cli.mjs");
    const cli = await ensurePulumiCli({ oldest });
    folders.unshift(cli);
    if (withLanguages) {
      const { ensureLanguages } = await import("./setup/languages.mjs");
      folders.unshift(...(await ensureLanguages(cli)));
    }
  }
  return folders;
}

/**
 * @param {string[]} words
 * @param {string[]} folders
 */
function run([command, ...words], folders) {
  if (command === undefined) return;
  const environment = {
    ...process.env,
    PATH: [...folders, process.env["PATH"]].join(path.delimiter),
    // A test run starts hundreds of processes that compile the same packages.
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? fromRoot("node_modules", ".cache", "compiled"),
  };
  // The project's binaries are batch files on Windows, which only a shell starts. It takes words apart at spaces.
  const shell = process.platform === "win32";
  const quoted = shell ? words.map((word) => (/[\s"]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word)) : words;
  const child = spawn(command, quoted, { stdio: "inherit", env: environment, shell });
  // A terminal sends Ctrl-C to the child as well; this process only waits for what the child makes of it.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`setup: cannot run ${command}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 130);
  });
}
