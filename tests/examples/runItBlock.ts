/** Does what an example's README says under "Run it": in a copy of the example, with the real CLI, at a sandbox. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { findSamples, type Samples } from "../../sandbox/samples";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox";
import { createStack, type Stack } from "../../tools/stack/stack";
import { createWorkspace, repository, type Workspace } from "../../tools/stack/workspace";
import { type Block, page } from "../docs/pages";
import { commands } from "../docs/shell";
import type { ExportedResource } from "../support/rotationStack";
import { CREATE as CREATE_KEY } from "../support/ownedKeyProvider";
import { CREATE as CREATE_TOKEN } from "../support/ownedProvider";

/** Where a block is typed, and what of it is done otherwise. */
export interface Surroundings {
  /** A copy of the example. @default one beside the packages of this repository */
  readonly workspace?: Workspace;
  /** More variables for the CLI. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What is done instead of a command, by how it is written: where that would need a registry. */
  readonly instead?: Readonly<Record<string, () => void>>;
}

interface Run {
  readonly example: string;
  readonly instead: Readonly<Record<string, () => void>>;
  readonly workspace: Workspace;
  readonly sandbox: Sandbox;
  readonly samples: Samples;
  readonly stack: Stack;
}

const CREATIONS = [CREATE_TOKEN, CREATE_KEY];

/** What must be there before its first command, as the README says below the block. */
const PREPARATIONS: Readonly<Record<string, (folder: string) => void>> = {
  fleet: (folder) => {
    writeFileSync(path.join(folder, "tokens.json"), JSON.stringify({ sample: { name: "sample token" } }));
  },
};

/** The block that stands under the heading "Run it" of an example's README. */
export function runItBlock(example: string): Block {
  const file = `examples/${example}/README.md`;
  const lines = readFileSync(path.join(repository, file), "utf8").split("\n");
  const heading = lines.indexOf("## Run it");
  assert.ok(heading >= 0, `${file} has no "Run it"`);
  const fence = lines.findIndex((line, index) => index > heading && line.startsWith("```")) + 1;
  return page(file).blocks.find(({ at }) => at === `${file}:${fence}`) ?? assert.fail(`${file}:${fence}`);
}

/** @throws {AssertionError} if a command fails, or an `up` does not do what the comment behind it says */
export async function runIt(example: string, surroundings: Surroundings = {}): Promise<void> {
  const { workspace = createWorkspace(path.join(repository, "examples", example)), instead = {} } = surroundings;
  PREPARATIONS[example]?.(workspace.folder);
  const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...surroundings.environment };
  const stack = await createStack({ workspace, environment, isWithoutInit: true });
  const sandbox = await startSandbox();
  try {
    const run = { example, instead, workspace, sandbox, samples: findSamples(sandbox), stack };
    for (const line of runItBlock(example).code.split("\n")) await runLine(run, line);
  } finally {
    await sandbox.stop();
    workspace.remove();
  }
}

async function runLine(run: Run, line: string): Promise<void> {
  const [{ text, words: [program, ...written] } = assert.fail(line), ...others] = commands(line);
  assert.deepEqual(others, [], line);
  const otherwise = run.instead[text];
  if (otherwise !== undefined) {
    otherwise();
    return;
  }
  if (program === "cd") {
    // The copy is this folder.
    assert.deepEqual(written, [`examples/${run.example}`]);
    return;
  }
  assert.equal(program, "pulumi", line);
  const words = written.map((word, index) => valueOf(run, word, written[index - 1] ?? ""));
  const [, comment = ""] = /\s# (.*)$/.exec(line) ?? [];
  if (words[0] === "up") await up(run, words, comment);
  else if (words[0] === "preview") assertSays(await pulumi(run, words), comment);
  else await pulumi(run, words);
}

/** What a word stands for, by the setting before it. */
function valueOf({ sandbox, samples, workspace }: Run, word: string, setting: string): string {
  const values: Readonly<Record<string, string>> = {
    "launchdarkly:apiHost": sandbox.url,
    "launchdarkly:accessToken": sandbox.adminKey,
    initialToken: samples.token.key,
    tokenId: samples.token.id,
  };
  // The plugin has the same settings under a name of its own.
  const name = setting.replace("launchdarkly-rotation:", "launchdarkly:");
  if (word.includes("…")) return values[name] ?? assert.fail(`no value for ${setting}: add one in valueOf`);
  if (!word.startsWith("/tmp")) return word;
  const folder = path.join(workspace.aside, "temporary");
  mkdirSync(folder, { recursive: true });
  return path.join(folder, word.slice("/tmp".length));
}

async function pulumi({ stack }: Run, words: readonly string[]): Promise<string> {
  const { status, output } = await stack.pulumi(...words, "--non-interactive");
  assert.equal(status, 0, output);
  return output;
}

/** Holds a preview to the comment behind it. */
function assertSays(output: string, comment: string): void {
  assert.equal(comment, "says why it will rotate, and how long the old key works");
  assert.match(output, /Will (?:rotate|reset) \(\w+\): triggers\.quarter changed\..* keeps working for /);
}

/** Runs `up`, and holds the resets and creations that the sandbox has seen to the comment behind it. */
async function up(run: Run, words: readonly string[], comment: string): Promise<void> {
  const { requests } = run.sandbox;
  const seen = requests.length;
  await pulumi(run, [...words, "--yes", "--skip-preview"]);
  const rotations = requests.slice(seen).filter(({ hasReset, route }) => hasReset || CREATIONS.includes(route));
  const { deployment } = JSON.parse(await pulumi(run, ["stack", "export"])) as {
    deployment: { resources: ExportedResource[] };
  };
  const resources = deployment.resources.filter(({ type }) =>
    /^(?:pulumi-nodejs:dynamic\/launchdarkly|launchdarkly-rotation:index):/.test(type),
  );
  assert.ok(resources.length > 0);
  const rotates = /^(?:resets|creates|rotates)\b/.test(comment);
  assert.ok(rotates || /^(?:takes .* over|does nothing)\b/.test(comment), `a comment of unknown meaning: ${comment}`);
  assert.equal(rotations.length, rotates ? resources.length : 0, comment);
  if (/writes the file/.test(comment)) await assertFile(run);
}

/** The file of the setting `keyFile` holds the key. */
async function assertFile(run: Run): Promise<void> {
  const file = (await pulumi(run, ["config", "get", "keyFile"])).trim();
  assert.equal(readFileSync(file, "utf8"), (await run.stack.outputs())["token"]);
}
