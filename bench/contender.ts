/** Who is measured: stacks that rotate tokens of the sandbox, and a script that makes the same requests. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import type { LoggedRequest } from "../sandbox/requestLog";
import type { Sandbox } from "../sandbox/sandbox";
import { createStack, type Stack } from "../tools/stack/stack";
import { createProject } from "./project";
import { createCpuCounter, type Timing } from "./timedCommand";

/** A credential to rotate, as the programs take it. */
export interface Asked {
  readonly name: string;
  readonly className: string;
  /** The output that holds the key. */
  readonly key: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Measured extends Timing {
  /** The requests that the sandbox got meanwhile. */
  readonly requests: readonly LoggedRequest[];
}

export interface Contender {
  readonly name: string;
  /** Says what the next run is to have. */
  ask(resources: readonly Asked[], more?: { readonly waitMs?: number; readonly handOver?: boolean }): void;
  up(): Promise<Measured>;
  preview(): Promise<Measured>;
  /** How many bytes the state of the stack has, with its secrets encrypted. */
  stateBytes(): number;
  /** How many bytes of it the text of the provider is, which Pulumi keeps twice for each dynamic resource. */
  stubBytes(): number;
  readonly stack: Stack;
  /** The folder of its project. */
  readonly folder: string;
  remove(): void;
}

export interface Program {
  readonly name: string;
  /** The folder below bench/programs/. */
  readonly folder: string;
  /** The unpacked package. */
  readonly packed?: string | undefined;
  /** By so many characters the text of its provider is made longer. @default 0 */
  readonly fillerLength?: number;
  /** What the names of the settings begin with. @default "launchdarkly" */
  readonly namespace?: string;
}

export async function createContender(program: Program, sandbox: Sandbox): Promise<Contender> {
  const { name, folder, packed, fillerLength = 0, namespace = "launchdarkly" } = program;
  const workspace = createProject(folder, packed);
  const counter = createCpuCounter("pulumi", workspace.aside);
  const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...counter.environment };
  const stack = await createStack({ workspace, environment, patienceMs: 20 * 60_000 });
  await stack.configAll({
    plaintext: { [`${namespace}:apiHost`]: sandbox.url },
    secret: { [`${namespace}:accessToken`]: sandbox.adminKey },
  });

  async function measured(...words: string[]): Promise<Measured> {
    const seen = sandbox.requests.length;
    const { timing, result } = await counter.time(() => stack.pulumi(...words, "--non-interactive"));
    if (result.status !== 0)
      throw new Error(`${name}: pulumi ${words.join(" ")} failed:\n${result.output.slice(-3000)}`);
    return { ...timing, requests: sandbox.requests.slice(seen) };
  }

  const state = () => {
    return readFileSync(path.join(workspace.aside, "state", ".pulumi", "stacks", "bench", "dev.json"), "utf8");
  };

  return {
    name,
    stack,
    folder: workspace.folder,
    ask(resources, { waitMs = 0, handOver = false } = {}) {
      const asked = { resources, waitMs, handOver, filler: "-".repeat(fillerLength) };
      writeFileSync(path.join(workspace.folder, "asked.json"), JSON.stringify(asked));
    },
    up: () => measured("up", "--yes", "--skip-preview"),
    preview: () => measured("preview"),
    stateBytes: () => Buffer.byteLength(state()),
    stubBytes: () => Buffer.byteLength(/"__provider":\s*("(?:[^"\\]|\\.)*")/.exec(state())?.[1] ?? ""),
    remove: () => {
      workspace.remove();
    },
  };
}

/** As many requests at once as the engine lets a provider have: four for each core. */
const AT_ONCE = 8;

/** Makes the requests of a rotation of each token, without Pulumi. */
export async function runScript(sandbox: Sandbox, tokenIds: readonly string[]): Promise<Measured> {
  const seen = sandbox.requests.length;
  const before = performance.now();
  const child = spawn(process.execPath, [path.join(__dirname, "apiScript.mjs")], {
    env: {
      ...process.env,
      BENCH_URL: sandbox.url,
      BENCH_ADMIN_KEY: sandbox.adminKey,
      BENCH_TOKENS: tokenIds.join(","),
      BENCH_AT_ONCE: String(AT_ONCE),
    },
    stdio: "inherit",
  });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error("the script without Pulumi failed");
  return { wallMs: performance.now() - before, cpuMs: undefined, requests: sandbox.requests.slice(seen) };
}
