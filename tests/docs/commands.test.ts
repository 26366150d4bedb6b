/** The commands that the documentation tells people to type: scripts, subcommands, options and folders that exist. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { repository } from "../../tools/stack/workspace";
import { blocksIn, pages } from "./pages";
import { type Command, commands, SHELL } from "./shell";

const run = promisify(execFile);

/** What this test takes for good: the programs are not the project's own. */
const OTHERS = [".", "cp", "curl", "export", "git", "go", "kubectl", "mkdir", "pip", "python", "rm", "terraform"];

/** What npm itself does. */
const NPM = ["ci", "init", "install", "pack", "publish", "test"];

const { scripts } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** @returns what is wrong with a command; undefined if nothing is */
async function problemWith({ words }: Command): Promise<string | undefined> {
  const [program = "", ...rest] = words;
  if (program === "npm") return npmProblem(rest);
  if (program === "npx") return npxProblem(rest);
  if (program === "pulumi") return pulumiProblem(rest);
  if (program === "node") return fileProblem(rest[0] ?? "");
  if (program === "cd") return folderProblem(rest[0] ?? "");
  return OTHERS.includes(program) ? undefined : `no program ${program} is known`;
}

function npmProblem([verb = "", ...rest]: readonly string[]): string | undefined {
  if (verb !== "run") return NPM.includes(verb) ? undefined : `npm has no ${verb}`;
  const [script = "", dashes, ...options] = rest;
  const line = scripts[script];
  if (line === undefined) return `package.json has no script ${script}`;
  if (dashes === undefined) return undefined;
  if (dashes !== "--") return "npm takes options of a script behind --";
  const source = sourceOf(line);
  const unknown = options.find((option) => option.startsWith("--") && !source.includes(option));
  return unknown === undefined ? undefined : `npm run ${script} does not speak of ${unknown}`;
}

/** The program that a script starts, with what stands beside it: its help is in one of them. */
function sourceOf(line: string): string {
  const [main] = /\S+\.(?:ts|mjs)$/.exec(line) ?? assert.fail(`no program in ${line}`);
  const folder = path.join(repository, path.dirname(main));
  const files = readdirSync(folder).filter((file) => /\.(?:ts|mjs)$/.test(file));
  return files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("\n");
}

/** The command of the sandbox's package. */
function npxProblem([name = ""]: readonly string[]): string | undefined {
  const { bin } = JSON.parse(readFileSync(path.join(repository, "sandbox", "package.json"), "utf8")) as { bin: object };
  return name in bin ? undefined : `this repository has no command ${name}`;
}

function fileProblem(file: string): string | undefined {
  return existsSync(path.join(repository, file)) ? undefined : `there is no file ${file}`;
}

function folderProblem(folder: string): string | undefined {
  return folder.startsWith("…") || existsSync(path.join(repository, folder))
    ? undefined
    : `there is no folder ${folder}`;
}

const helps = new Map<string, Promise<string>>();

/** What the CLI says of a command, or of the nearest one that it has. */
function help(words: readonly string[]): Promise<string> {
  const known = helps.get(words.join(" "));
  if (known !== undefined) return known;
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const asked = run("pulumi", [...words, "--help"], { env }).then(
    ({ stdout }) => stdout,
    () => "Usage:\n  pulumi",
  );
  helps.set(words.join(" "), asked);
  return asked;
}

async function pulumiProblem(words: readonly string[]): Promise<string | undefined> {
  const end = words.findIndex((word) => !/^[a-z-]+$/.test(word) || word.startsWith("-"));
  const plain = words.slice(0, Math.min(end < 0 ? words.length : end, 2));
  const said = await help(plain);
  const [, usage = ""] = /^Usage:\n\s+pulumi([ a-z-]*)/m.exec(said) ?? assert.fail(said);
  const command = usage.trim();
  if (command === "") return `the CLI has no pulumi ${plain.join(" ")}`;
  const options = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ""));
  const unknown = options.find((option) => !new RegExp(`(?:^|[\\s,])${option}\\b(?!-)`, "m").test(said));
  return unknown === undefined ? undefined : `pulumi ${command} has no ${unknown}`;
}

describe("the commands of the documentation", function () {
  this.timeout(120_000);

  it("exist, with their options", async () => {
    const problems: Record<string, string> = {};
    for (const { at, code } of blocksIn(pages(), ...SHELL)) {
      for (const command of commands(code)) {
        const problem = await problemWith(command);
        if (problem !== undefined) problems[`${at} ${command.text}`] = problem;
      }
    }
    assert.deepEqual(problems, {});
  });

  it("exist in sentences, too, where they are scripts of this repository", () => {
    const named = pages().flatMap(({ file, spans }) =>
      spans
        .filter((span) => span.startsWith("npm run "))
        .flatMap(commands)
        .filter(({ words }) => words[0] === "npm")
        .map(({ text, words }) => ({ at: `${file} ${text}`, words })),
    );
    assert.ok(named.length > 0);
    const problems = named.map(({ at, words }) => ({ at, problem: npmProblem(words.slice(1)) }));
    assert.deepEqual(
      problems.filter(({ problem }) => problem !== undefined),
      [],
    );
  });

  it("are refused where they do not exist", async () => {
    for (const [text, problem] of [
      ["npm run sandbox -- --port 1", undefined],
      ["npm run nothing", "package.json has no script nothing"],
      ["npm run sandbox --port 1", "npm takes options of a script behind --"],
      ["npm run sandbox -- --colour", "npm run sandbox does not speak of --colour"],
      ["npm publisch", "npm has no publisch"],
      ["npx other", "this repository has no command other"],
      ["node tools/nothing.mjs", "there is no file tools/nothing.mjs"],
      ["cd examples/nothing", "there is no folder examples/nothing"],
      ["pulumi rotate", "the CLI has no pulumi rotate"],
      ["pulumi config set --secret a b", undefined],
      ["pulumi config set --hidden a b", "pulumi config set has no --hidden"],
      ["pulumi stack output --show-secret", "pulumi stack output has no --show-secret"],
      ["make it", "no program make is known"],
    ] as const) {
      const [command] = commands(text);
      assert.equal(await problemWith(command ?? assert.fail()), problem, text);
    }
  });

  it("are told apart in pipes, lists, comments and several lines", () => {
    const code = "a \"b | c\" 'd # e' # f\ng | h && i\n# j\nK=l m \\\n  --n; o#p";
    assert.deepEqual(
      commands(code).map(({ words }) => words),
      [["a", "b | c", "d # e"], ["g"], ["h"], ["i"], ["m", "--n"], ["o#p"]],
    );
  });
});
