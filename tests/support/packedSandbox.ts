/** The sandbox as its users get it: packed, and installed in an empty folder outside the repository. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { repository } from "../../tools/stack/workspace";

export const SANDBOX_PACKAGE = "launchdarkly-rotation-sandbox";

export interface PackedSandbox {
  /** The files in the tarball, by their paths there. */
  readonly files: readonly string[];
  /** The manifest in the tarball. */
  readonly manifest: { readonly dependencies: Readonly<Record<string, string>> };
  /** Starts the command as `npx` does, and waits until it says what to do. */
  start(...words: string[]): Promise<StartedSandbox>;
  remove(): void;
}

export interface StartedSandbox {
  readonly url: string;
  readonly adminKey: string;
  readonly tokenId: string;
  /** All that it has printed so far. */
  printed(): string;
  /** @returns the exit status */
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
  const folder = mkdtempSync(path.join(os.tmpdir(), "packed-sandbox-"));
  const words = ["pack", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(npm(path.join(repository, "sandbox"), ...words)) as [
    { filename: string; files: { path: string }[] },
  ];
  const target = path.join(folder, "node_modules", SANDBOX_PACKAGE);
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", path.join(folder, packed.filename), "-C", target, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(path.join(target, "package.json"), "utf8")) as PackedSandbox["manifest"];
  for (const name of Object.keys(manifest.dependencies)) {
    symlinkSync(path.join(repository, "node_modules", name), path.join(folder, "node_modules", name), "junction");
  }
  writeFileSync(path.join(folder, "package.json"), "{}");
  npm(folder, "rebuild", "--offline");
  return {
    files: packed.files.map(({ path }) => path),
    manifest,
    start: (...words) => start(folder, words),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string, words: readonly string[]): Promise<StartedSandbox> {
  const bin = path.join(folder, "node_modules", ".bin", SANDBOX_PACKAGE);
  const child = spawn(bin, words, { cwd: folder, stdio: ["ignore", "pipe", "inherit"], shell: onWindows });
  const ended = once(child, "exit") as Promise<[number | null]>;
  let printed = "";
  while (!printed.includes("Requests:")) {
    const [chunk] = (await Promise.race([once(child.stdout, "data"), ended])) as [Buffer | number | null];
    if (!(chunk instanceof Buffer)) throw new Error(`The sandbox ended (${String(chunk)}):\n${printed}`);
    printed += chunk.toString();
  }
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return {
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "",
    adminKey: /^admin key\s+(\S+)$/m.exec(printed)?.[1] ?? "",
    tokenId: /^sample token id\s+(\S+)$/m.exec(printed)?.[1] ?? "",
    printed: () => printed,
    async stop() {
      child.kill("SIGTERM");
      return (await ended)[0];
    },
  };
}

const onWindows = process.platform === "win32";
