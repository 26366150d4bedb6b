/** The empty folder of a cell, outside of the repository: what is put there and run there. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import type { CommandResult } from "../../tools/stack/stack";
import type { Command, Files } from "./cell";

export interface Place {
  /** The empty folder. */
  readonly folder: string;
  /** A folder for what must not be in it. */
  readonly aside: string;
  readonly environment: Readonly<Record<string, string>>;
  put(files: Files): void;
  /** @throws {Error} with what it printed, if one of them fails */
  run(commands: readonly Command[]): Promise<void>;
  /** @param more variables */
  try(words: readonly string[], folder?: string, more?: Readonly<Record<string, string>>): Promise<CommandResult>;
  remove(): void;
}

/**
 * @param names what `<name>` in texts and words stands for
 * @param programs the folders to look for programs in, before all others
 */
export function createPlace(names: Readonly<Record<string, string>>, programs: readonly string[]): Place {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), "matrix-")));
  const [folder, aside] = [path.join(root, "cell"), path.join(root, "aside")];
  for (const one of [folder, aside]) mkdirSync(one);
  const environment = {
    ...registry(),
    PATH: [...programs, process.env["PATH"]].join(path.delimiter),
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    // Outside the repository: a package in the store would find what lies above it.
    PNPM_HOME: path.join(aside, "pnpm"),
  };
  const named = (text: string) => text.replace(/<([a-z][a-z0-9. ]*)>/g, (whole, name: string) => names[name] ?? whole);

  async function attempt(words: readonly string[], below = "", more = {}): Promise<CommandResult> {
    const [command = "", ...rest] = words.map(named);
    const child = spawn(command, rest, {
      cwd: path.join(folder, below),
      env: { ...process.env, ...environment, ...more },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let standardOutput = "";
    let standardError = "";
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => ((standardOutput += chunk.toString()), (output += chunk.toString())));
    child.stderr.on("data", (chunk: Buffer) => ((standardError += chunk.toString()), (output += chunk.toString())));
    const [status] = (await once(child, "close")) as [number | null];
    return { status, output, standardOutput, standardError };
  }

  return {
    folder,
    aside,
    environment,
    put(files) {
      for (const [file, text] of Object.entries(files)) {
        const target = path.join(folder, file);
        mkdirSync(path.dirname(target), { recursive: true });
        writeFileSync(target, named(text));
      }
    },
    async run(commands) {
      for (const { in: below, words } of commands) {
        const { status, output } = await attempt(words, below);
        if (status !== 0) throw new Error(`${words.join(" ")} failed (${String(status)}):\n${output}`);
      }
    },
    try: attempt,
    remove: () => {
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Where npm installs from, for package managers that would go elsewhere. */
function registry(): Record<string, string> {
  const url = process.env["npm_config_registry"];
  if (url === undefined) return {};
  return { YARN_NPM_REGISTRY_SERVER: url.replace(/\/$/, ""), YARN_REGISTRY: url, BUN_CONFIG_REGISTRY: url };
}
