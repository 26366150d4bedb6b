/** The SDKs of the plugin, generated into a folder, and a module of Go around that of Go. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { committed, manifest } from "../../tools/plugin/committed";
import { namesOf } from "../../tools/plugin/names";
import { repository } from "../../tools/stack/workspace";

export const names = namesOf(manifest);

/** What the SDKs for Go and of the programs in Go are compiled with. */
export const GO_SETTINGS = { GOWORK: "off", GOFLAGS: "-mod=mod", CGO_ENABLED: "0" };

/** Installs what pip is given, and nothing else. */
export const PIP_WITHOUT_INDEX = ["install", "--quiet", "--no-index", "--no-build-isolation"];

export interface Generated {
  readonly folder: string;
  /** Where Python finds the SDK. */
  readonly python: string;
  /** The module of Go: programs in folders of it find the SDK. */
  readonly module: string;
  remove(): void;
}

export function generateSdks(): Generated {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sdks-"));
  const run = (program: string, words: string[]) =>
    execFileSync(program, words, { stdio: ["ignore", "ignore", "inherit"] });
  run("generate-sdks", [committed, folder]);
  const python = path.join(folder, "installed");
  const pip = ["-m", "pip", ...PIP_WITHOUT_INDEX, "--no-deps"];
  run("python", [...pip, "--target", python, path.join(folder, "python")]);
  // So that the compiler finds Pulumi's SDK from there.
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
  return {
    folder,
    python,
    module: moduleOf(folder),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What npm does with the SDK for Node.js: runs its script, which compiles it, and puts it beside the packages of programs. */
export function installForNodejs({ folder, module }: Generated): void {
  const sdk = path.join(folder, "nodejs");
  execFileSync(process.execPath, ["scripts/postinstall.js"], { cwd: sdk, stdio: ["ignore", "ignore", "inherit"] });
  mkdirSync(path.join(module, "node_modules"));
  symlinkSync(sdk, path.join(module, "node_modules", names.nodejs), "junction");
}

/** Modules that are downloaded already, and whose checksums are in this repository: those of the CLI. */
export function modulesOfCli(): { readonly requirements: string; readonly checksums: string } {
  const setUp = readFileSync(path.join(repository, "tools", "setup", "pulumi-cli.mjs"), "utf8");
  const [, version = ""] = /^const VERSION = "(.+)";$/m.exec(setUp) ?? [];
  const cli = path.join(repository, "tools", "pulumi-cli", `cli-${version}`);
  const text = readFileSync(path.join(cli, "go.mod"), "utf8");
  return {
    requirements: text.replace(/^(?:module|tool|go) .*$/gm, ""),
    checksums: path.join(cli, "go.sum"),
  };
}

/** Programs in folders of it find the SDK. */
function moduleOf(folder: string): string {
  const module = path.join(folder, "module");
  mkdirSync(module);
  const { requirements, checksums } = modulesOfCli();
  const sdk = [`require ${names.go} v0.0.0`, `replace ${names.go} => ../go`];
  writeFileSync(path.join(module, "go.mod"), ["module programs", "go 1.25", ...sdk, requirements].join("\n"));
  cpSync(checksums, path.join(module, "go.sum"));
  return module;
}
