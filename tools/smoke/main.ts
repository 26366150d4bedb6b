/**
 * `npm run smoke`: uses the published packages as a newcomer would, with the real CLI, in an empty folder.
 *
 * Without options it takes the versions of this checkout from the registry. `--package` and `--sandbox` take anything
 * that `npm install` does, such as a packed file.
 */
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { createStack, type Stack } from "../stack/stack";
import { repository } from "../stack/workspace";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
}

interface StartedSandbox {
  readonly process: ChildProcess;
  readonly url: string;
  readonly adminKey: string;
  readonly tokenId: string;
}

async function main(): Promise<void> {
  const options = { package: { type: "string" }, sandbox: { type: "string" } } as const;
  const { values } = parseArgs({ options });
  const root = mkdtempSync(path.join(os.tmpdir(), "smoke-"));
  let sandbox: StartedSandbox | undefined;
  try {
    sandbox = await startSandbox(path.join(root, "sandbox"), values.sandbox ?? published("sandbox"));
    const folder = path.join(root, "project");
    const template = path.join(repository, "examples", "quickstart");
    execFileSync("pulumi", ["new", template, "--generate-only", "--yes", "--dir", folder], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, PULUMI_BACKEND_URL: `file://${root}`, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    install(folder, values.package ?? published("."));
    const workspace = { folder, aside: root, remove: () => undefined };
    await rotate(await createStack({ workspace, patienceMs: 180_000 }), sandbox);
    console.log("smoke: the packages work");
  } finally {
    sandbox?.process.kill();
    rmSync(root, { recursive: true, force: true });
  }
}

/** The package of a folder of this checkout, as the registry has it. */
function published(folder: string): string {
  const { name, version } = manifestOf(path.join(repository, folder));
  return `${name}@${version}`;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
}

/** npm is a batch file on Windows, which only a shell starts. */
function install(folder: string, specifier: string): void {
  console.log(`smoke: npm install ${specifier}`);
  const words = ["install", "--no-audit", "--no-fund", "--loglevel=error", specifier];
  execFileSync("npm", words, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
}

async function startSandbox(folder: string, specifier: string): Promise<StartedSandbox> {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), "{}");
  install(folder, specifier);
  const { name } = manifestOf(path.join(repository, "sandbox"));
  const installed = path.join(folder, "node_modules", name);
  const command = path.join(installed, manifestOf(installed).bin?.[name] ?? assert.fail("no command"));
  const child = spawn(process.execPath, [command], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  while (!printed.includes("Requests:")) {
    const [chunk] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [unknown];
    if (!(chunk instanceof Buffer)) throw new Error(`the sandbox ended:\n${printed}`);
    printed += chunk.toString();
  }
  const find = (pattern: RegExp) => pattern.exec(printed)?.[1] ?? assert.fail(`${pattern.source} in:\n${printed}`);
  return {
    process: child,
    url: find(/(http:\/\/127\.0\.0\.1:\d+)/),
    adminKey: find(/^admin key\s+(\S+)$/m),
    tokenId: find(/^sample token id\s+(\S+)$/m),
  };
}

async function rotate(stack: Stack, { url, adminKey, tokenId }: StartedSandbox): Promise<void> {
  await stack.configAll({
    plaintext: { "launchdarkly:apiHost": url, tokenId, quarter: "2026-Q4" },
    secret: { "launchdarkly:accessToken": adminKey },
  });
  const succeed = async (...words: string[]) => {
    console.log(`smoke: pulumi ${words.join(" ")}`);
    const { status, output } = await stack.pulumi(...words, "--non-interactive");
    assert.equal(status, 0, output);
    return output;
  };
  const keyAfterUp = async () => {
    await succeed("up", "--yes", "--skip-preview");
    const { token } = await stack.outputs();
    const headers = { Authorization: String(token) };
    const response = await fetch(`${url}/api/v2/caller-identity`, { headers });
    assert.equal(((await response.json()) as { tokenId?: string }).tokenId, tokenId, "the key works");
    return token;
  };
  const first = await keyAfterUp();
  await stack.configAll({ plaintext: { quarter: "2027-Q1" } });
  assert.match(await succeed("preview"), /triggers\.quarter changed/);
  const second = await keyAfterUp();
  assert.notEqual(second, first, "the changed trigger rotates");
  assert.equal(await keyAfterUp(), second, "a run without a change does nothing");
  await succeed("destroy", "--yes", "--skip-preview");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
