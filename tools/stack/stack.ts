/** A stack that lives in a folder of its own, driven by the real Pulumi CLI as a subprocess. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

import { descendants, killAll } from "./processTree";
import type { Workspace } from "./workspace";

export interface CommandResult {
  /** The exit status; null if a signal ended it. */
  readonly status: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  readonly standardOutput: string;
  readonly standardError: string;
}

/** What encrypts the secrets of every stack here. */
export const PASSPHRASE = "a throwaway stack";

/** A command under way. */
type Running = ChildProcessByStdio<Writable, Readable, Readable>;

export interface Stack {
  /** Runs `pulumi` with these words and waits for its end. */
  pulumi(...words: string[]): Promise<CommandResult>;
  /** The same, with the CLI's own output on this process's terminal while it runs. */
  shown(...words: string[]): Promise<CommandResult>;
  /** Like `pulumi`, with this on its standard input, as from a pipe. */
  given(input: string, ...words: string[]): Promise<CommandResult>;
  /** Starts `pulumi` and returns at once. */
  start(...words: string[]): Running;
  /** Starts a program of the project's with Node.js, as what runs `pulumi` itself. */
  startNode(...words: string[]): Running;
  configAll(values: ConfigValues): Promise<void>;
  /** The outputs of the stack, secrets included. */
  outputs(): Promise<Record<string, unknown>>;
}

/** Settings by key, without a namespace for the project's own. */
export interface ConfigValues {
  readonly plaintext?: Readonly<Record<string, string>>;
  readonly secret?: Readonly<Record<string, string>>;
}

export interface StackOptions {
  readonly workspace: Workspace;
  /** More variables for the CLI and the processes it starts. */
  readonly environment?: Readonly<Record<string, string>>;
  /** After so many milliseconds a command is killed, and all that it started. @default never */
  readonly patienceMs?: number;
  /** Whether the stack is there, or is made by the caller. @default false */
  readonly isWithoutInit?: boolean;
}

/**
 * Stacks of the same `aside` share a backend.
 *
 * Nobody's real stacks are touched: the state, the CLI's own files and the passphrase are the workspace's.
 */
export async function createStack(options: StackOptions): Promise<Stack> {
  const { workspace, environment = {}, patienceMs, isWithoutInit = false } = options;
  const { folder, aside } = workspace;
  const state = path.join(aside, "state");
  mkdirSync(state, { recursive: true });
  const variables = {
    ...withoutSettings(process.env),
    PULUMI_HOME: path.join(aside, "pulumi-home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...environment,
  };

  /** @param input what it gets on its standard input; by default none */
  function begin(words: readonly string[], input?: string, command = "pulumi"): Running {
    const child = spawn(command, words, { cwd: folder, env: variables, stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.end(input);
    const { pid: id } = child;
    if (patienceMs !== undefined && id !== undefined) {
      const timer = setTimeout(() => {
        killAll([...descendants(id), { id, command }]);
      }, patienceMs);
      child.once("exit", () => {
        clearTimeout(timer);
      });
    }
    return child;
  }

  async function run(child: Running, isShown = false): Promise<CommandResult> {
    let output = "";
    let standardOutput = "";
    let standardError = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      standardOutput += chunk.toString();
      if (isShown) process.stdout.write(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      standardError += chunk.toString();
      if (isShown) process.stderr.write(chunk);
    });
    const [status] = (await once(child, "close")) as [number | null];
    return { status, output, standardOutput, standardError };
  }

  async function succeed(...words: string[]): Promise<string> {
    const { status, output, standardOutput } = await run(begin(words));
    if (status !== 0) throw new Error(`pulumi ${words.slice(0, 2).join(" ")} failed:\n${output}`);
    return standardOutput;
  }

  if (!isWithoutInit) await succeed("stack", "init", "dev", "--non-interactive");
  return {
    start: (...words) => begin(words),
    startNode: (...words) => begin(words, undefined, process.execPath),
    pulumi: (...words) => run(begin(words)),
    shown: (...words) => run(begin(words), true),
    given: (input, ...words) => run(begin(words, input)),
    async configAll({ plaintext = {}, secret = {} }) {
      const pairs = (kind: string, values: Readonly<Record<string, string>>) =>
        Object.entries(values).flatMap(([key, value]) => [`--${kind}`, `${key}=${value}`]);
      await succeed("config", "set-all", ...pairs("plaintext", plaintext), ...pairs("secret", secret));
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
