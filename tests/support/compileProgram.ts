/** The program of a project as JavaScript, once, instead of by Pulumi at each of its runs. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";
import YAML from "yaml";

/** Does nothing if there is no TypeScript, or if the project's program is in another folder. */
export function compileProgram(folder: string): void {
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const projectFile = path.join(folder, "Pulumi.yaml");
  const project = YAML.parse(readFileSync(projectFile, "utf8")) as { main?: string };
  if (sources.length === 0 || project.main !== undefined) return;
  const settingsFile = path.join(folder, "tsconfig.json");
  const { config } = ts.readConfigFile(settingsFile, ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  for (const name of sources) {
    const file = path.join(folder, name);
    const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { fileName: name, compilerOptions });
    writeFileSync(file.replace(/ts$/, "js"), outputText);
    // Pulumi warns of a program in both languages.
    rmSync(file);
  }
  const manifestFile = path.join(folder, "package.json");
  if (existsSync(manifestFile)) {
    const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as { main?: string };
    writeFileSync(manifestFile, JSON.stringify({ ...manifest, main: manifest.main?.replace(/\.ts$/, ".js") }));
  }
  const runtime = { name: "nodejs", options: { typescript: false } };
  writeFileSync(projectFile, YAML.stringify({ ...project, runtime }));
}
