/** Compiles an example by its own settings. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { examples } from "./projects";

/** Every file below the examples, by its path there. */
const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter(
  (file) => !file.includes("node_modules"),
);
const projects = files.filter((file) => path.basename(file) === "tsconfig.json").map((file) => path.dirname(file));

/**
 * One with a lock file of its own needs SDKs that are kept out of this repository's packages: Pulumi would take them for
 * the quickstart's, too, and download their plugins.
 */
export const projectsWithSdks = projects.filter((project) =>
  existsSync(path.join(examples, project, "package-lock.json")),
);
export const plainProjects = projects.filter((project) => !projectsWithSdks.includes(project));

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

/**
 * @param project its folder below the examples
 * @param folder where it is compiled, with its packages beside it or above it
 */
export function assertCompiles(project: string, folder = path.join(examples, project)): void {
  const ownSources = files.filter((file) => file.endsWith(".ts") && projectOf(file) === project);
  assert.ok(ownSources.length > 0);
  const { complaints, sources } = compile(folder);
  assert.equal(complaints, "");
  for (const source of ownSources) {
    const file = path.join(folder, path.relative(project, source));
    assert.ok(sources.has(file), `${source} is compiled`);
  }
}
