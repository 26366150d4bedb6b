/** Programs from the registry, kept over runs: Node.js itself, package managers, bundlers, compilers. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { repository } from "../../tools/stack/workspace";

const run = promisify(execFile);
const cache = path.join(repository, "node_modules", ".cache", "matrix");
const underWay = new Map<string, Promise<Tool>>();

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** The folder of its programs. */
  readonly programs: string;
}

/** @param spec a package and its version, such as "pnpm@12" */
export function tool(spec: string): Promise<Tool> {
  const there = underWay.get(spec) ?? fetched(spec);
  underWay.set(spec, there);
  return there;
}

async function fetched(spec: string): Promise<Tool> {
  const folder = path.join(cache, spec.replace(/[@/]/g, "-"));
  const name = spec.slice(0, spec.lastIndexOf("@"));
  const manifest = path.join(folder, "node_modules", name, "package.json");
  if (!existsSync(manifest)) {
    mkdirSync(folder, { recursive: true });
    // The package "node" is made of its script, which links the program of this machine.
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ allowScripts: { node: true, bun: true } }));
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", spec], {
      cwd: folder,
      shell: process.platform === "win32",
    });
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return { name, version, programs: path.join(folder, "node_modules", ".bin") };
}
