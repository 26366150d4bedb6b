/** A stack that lives in a folder of its own, driven by the real Pulumi CLI as a subprocess. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";

import type { Workspace } from "./workspace";

export interface CommandResult {
  /** The exit status; null if a signal ended it. */
  readonly status: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  readonly standardOutput: string;
}

export interface Stack {
  /** Runs `pulumi` with these words and waits for its end. */
  pulumi(...words: string[]): Promise<CommandResult>;
  /** Runs `pulumi` on the terminal of this process. */
  shown(...words: string[]): Promise<number | null>;
  /** Starts `pulumi` and returns at once. */
  start(...words: string[]): ChildProcess;
  config(key: string, value: string, kind?: "secret" | "plaintext"): Promise<void>;
  /** The outputs of the stack, secrets included. */
  outputs(): Promise<Record<string, unknown>>;
}

export interface StackOptions {
  readonly workspace: Workspace;
  /** More variables for the CLI and the processes it starts. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Nobody's real stacks are touched: the state, the CLI's own files and the passphrase are the workspace's. */
export async function createStack({ workspace, environment = {} }: StackOptions): Promise<Stack> {
  const { folder, aside } = workspace;
  const state = path.join(aside, "state");
  mkdirSync(state);
  const variables = {
    ...withoutSettings(process.env),
    PULUMI_HOME: path.join(aside, "pulumi-home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "a throwaway stack",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...environment,
  };

  const start = (...words: string[]) =>
    spawn("pulumi", words, { cwd: folder, env: variables, stdio: ["ignore", "pipe", "pipe"] });

  async function pulumi(...words: string[]): Promise<CommandResult> {
    const child = start(...words);
    let output = "";
    let standardOutput = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      standardOutput += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    const [status] = (await once(child, "close")) as [number | null];
    return { status, output, standardOutput };
  }

  async function succeed(...words: string[]): Promise<string> {
    const { status, output, standardOutput } = await pulumi(...words);
    if (status !== 0) throw new Error(`pulumi ${words.slice(0, 2).join(" ")} failed:\n${output}`);
    return standardOutput;
  }

  await succeed("stack", "init", "dev", "--non-interactive");
  return {
    start,
    pulumi,
    async shown(...words) {
      const child = spawn("pulumi", words, { cwd: folder, env: variables, stdio: ["ignore", "inherit", "inherit"] });
      const [status] = (await once(child, "close")) as [number | null];
      return status;
    },
    async config(key, value, kind = "plaintext") {
      await succeed("config", "set", key, value, `--${kind}`);
    },
    async outputs() {
      return JSON.parse(await succeed("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
    },
  };
}

/** Without what would point the CLI, or the provider, at the real accounts of whoever runs this. */
function withoutSettings(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !/^(?:PULUMI|LAUNCHDARKLY)_/.test(name)));
}
