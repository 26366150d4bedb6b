/** The examples compile, each by its own settings. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import ts from "typescript";

import { repository } from "../../tools/stack/workspace";

const run = promisify(execFile);
const examples = path.join(repository, "examples");

/** Every file below the examples, by its path there. */
const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter(
  (file) => !file.includes("node_modules"),
);
const projects = files.filter((file) => path.basename(file) === "tsconfig.json").map((file) => path.dirname(file));

/** The project that a file belongs to: the innermost one. */
function projectOf(file: string): string | undefined {
  return projects.filter((project) => file.startsWith(`${project}${path.sep}`)).sort((a, b) => b.length - a.length)[0];
}

/** What has been parsed already: the projects have most of their packages in common. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** @returns the compiler's complaints, and the files it has looked at */
function compile(folder: string): { readonly complaints: string; readonly sources: ReadonlySet<string> } {
  const settings = path.join(folder, "tsconfig.json");
  const fail = (problem: ts.Diagnostic) => assert.fail(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const { fileNames, options, errors } =
    ts.getParsedCommandLineOfConfigFile(settings, { noEmit: true }, host) ?? assert.fail(settings);
  const compilerHost = ts.createCompilerHost(options);
  const parse = compilerHost.getSourceFile.bind(compilerHost);
  compilerHost.getSourceFile = (file, version, ...rest) => {
    const key = JSON.stringify([file, version]);
    if (!parsed.has(key)) parsed.set(key, parse(file, version, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram(fileNames, options, compilerHost);
  return {
    complaints: ts.formatDiagnostics([...errors, ...ts.getPreEmitDiagnostics(program)], compilerHost),
    sources: new Set(program.getSourceFiles().map(({ fileName }) => path.normalize(fileName))),
  };
}

describe("the types of the examples", function () {
  this.timeout(240_000);

  for (const project of projects) {
    it(`fit in ${project}, by its own settings`, async () => {
      const folder = path.join(examples, project);
      const ownSources = files.filter((file) => file.endsWith(".ts") && projectOf(file) === project);
      assert.ok(ownSources.length > 0);
      // One with a lock file of its own needs SDKs that are kept out of this repository's packages: Pulumi would take
      // them for the quickstart's, too, and download their plugins.
      const own = existsSync(path.join(folder, "package-lock.json"));
      const temporary = mkdtempSync(path.join(os.tmpdir(), "example-"));
      try {
        if (own) {
          cpSync(folder, temporary, { recursive: true });
          // A batch file on Windows, which only a shell starts.
          const options = { cwd: temporary, shell: process.platform === "win32" };
          await run("npm", ["ci", "--ignore-scripts", "--loglevel=error"], options);
        }
        const { complaints, sources } = compile(own ? temporary : folder);
        assert.equal(complaints, "");
        for (const source of ownSources) {
          const file = path.join(own ? temporary : folder, path.relative(project, source));
          assert.ok(sources.has(file), `${source} is compiled`);
        }
      } finally {
        rmSync(temporary, { recursive: true });
      }
    });
  }
});
