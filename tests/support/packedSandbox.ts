/** The sandbox as its users get it: packed, and installed in an empty folder outside the repository. */
import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";

import { descendants, killAll } from "../../tools/stack/processTree";
import { repository } from "../../tools/stack/workspace";

export const SANDBOX_PACKAGE = "launchdarkly-rotation-sandbox";

export interface PackedSandbox {
  /** Where it is installed. */
  readonly folder: string;
  /** The files in the tarball, by their paths there. */
  readonly files: readonly string[];
  /** The manifest in the tarball. */
  readonly manifest: { readonly dependencies: Readonly<Record<string, string>> };
  /** Starts the command, and waits until it says what to do. */
  start(...words: string[]): Promise<StartedSandbox>;
  /** The same by `npx`, as people do. It asks no registry. */
  startByNpx(): Promise<StartedSandbox>;
  remove(): void;
}

export interface StartedSandbox {
  /** Of the process that was started. */
  readonly id: number;
  readonly url: string;
  readonly adminKey: string;
  readonly tokenId: string;
  /** All that it has printed so far. */
  printed(): string;
  /** @returns the exit status; null if it had to be killed */
  stop(): Promise<number | null>;
}

/** Runs npm; where it is a batch file, only a shell starts it. */
export function npm(folder: string, ...words: string[]): string {
  const stdio = ["ignore", "pipe", "ignore"] as const;
  return execFileSync("npm", words, { cwd: folder, encoding: "utf8", stdio: [...stdio], shell: onWindows });
}

/**
 * Installs it without a registry: what its manifest names is linked from the repository, and nothing else is there.
 */
export function packSandbox(): PackedSandbox {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "packed-sandbox-")));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { ...install(folder), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function install(folder: string): Omit<PackedSandbox, "remove"> {
  const { filename, files } = packCopy(path.join(folder, "source"));
  const target = path.join(folder, "node_modules", SANDBOX_PACKAGE);
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", filename, "-C", target, "--strip-components=1"]);
  rmSync(path.join(folder, "source"), { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(target, "package.json"), "utf8")) as PackedSandbox["manifest"];
  for (const name of Object.keys(manifest.dependencies)) {
    symlinkSync(path.join(repository, "node_modules", name), path.join(folder, "node_modules", name), "junction");
  }
  writeFileSync(path.join(folder, "package.json"), "{}");
  npm(folder, "rebuild", "--offline");
  return {
    folder,
    files: files.map(({ path }) => path),
    manifest,
    start: (...words) => start(folder, words),
    startByNpx: () => startByNpx(folder),
  };
}

/** Packs it in a copy of its folder: others may do so at the same time, and each builds `dist`. */
function packCopy(copy: string): { readonly filename: string; readonly files: readonly { readonly path: string }[] } {
  const source = path.join(repository, "sandbox");
  const isSource = (file: string) => !["dist", "node_modules"].includes(path.relative(source, file));
  const target = path.join(copy, "sandbox");
  cpSync(source, target, { recursive: true, filter: isSource });
  cpSync(path.join(repository, "tsconfig.json"), path.join(copy, "tsconfig.json"));
  symlinkSync(path.join(repository, "node_modules"), path.join(copy, "node_modules"), "junction");
  const [packed] = JSON.parse(npm(target, "pack", "--json")) as [{ filename: string; files: { path: string }[] }];
  return { ...packed, filename: path.join(target, packed.filename) };
}

async function start(folder: string, words: readonly string[]): Promise<StartedSandbox> {
  const bin = path.join(folder, "node_modules", ".bin", SANDBOX_PACKAGE);
  const child = spawn(bin, words, { cwd: folder, stdio: ["ignore", "pipe", "inherit"], shell: onWindows });
  return started(child, () => {
    child.kill("SIGTERM");
  });
}

async function startByNpx(folder: string): Promise<StartedSandbox> {
  // What npm tells the scripts that it runs is not for this one.
  const rest = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_"));
  const child = spawn("npx", [SANDBOX_PACKAGE], {
    cwd: folder,
    env: { ...Object.fromEntries(rest), npm_config_offline: "true", npm_config_yes: "false" },
    stdio: ["ignore", "pipe", "inherit"],
    shell: onWindows,
  });
  const { pid: id = 0 } = child;
  return started(child, () => {
    killAll([...descendants(id), { id, command: "npx" }]);
  });
}

type Child = ChildProcessByStdio<null, Readable, null>;

/** Waits until it has said what to do. */
async function started(child: Child, end: () => void): Promise<StartedSandbox> {
  const ended = once(child, "exit") as Promise<[number | null]>;
  let printed = "";
  while (!printed.includes("Requests:")) {
    const [chunk] = (await Promise.race([once(child.stdout, "data"), ended])) as [Buffer | number | null];
    if (!(chunk instanceof Buffer)) throw new Error(`The sandbox ended (${String(chunk)}):\n${printed}`);
    printed += chunk.toString();
  }
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return {
    id: child.pid ?? 0,
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "",
    adminKey: /^admin key\s+(\S+)$/m.exec(printed)?.[1] ?? "",
    tokenId: /^sample token id\s+(\S+)$/m.exec(printed)?.[1] ?? "",
    printed: () => printed,
    async stop() {
      end();
      return (await ended)[0];
    },
  };
}

const onWindows = process.platform === "win32";
