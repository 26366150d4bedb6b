/** The projects of the examples, as their Pulumi.yaml has them. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { repository } from "../../tools/stack/workspace";

export const examples = path.join(repository, "examples");

/** The examples, by their folders. */
export const names: readonly string[] = readdirSync(examples);

export interface Setting {
  readonly type?: string;
  readonly description?: string;
  readonly secret?: boolean;
}

export interface Project {
  readonly main?: string;
  readonly runtime: string | { readonly name: string };
  readonly config?: Readonly<Record<string, Setting>>;
  readonly template?: { readonly description?: string; readonly config?: Readonly<Record<string, Setting>> };
}

/** @param folder below the repository */
export function read(folder: string): Project {
  return parse(readFileSync(path.join(repository, folder, "Pulumi.yaml"), "utf8")) as Project;
}

/** What the language of a project is called by Pulumi. */
export function runtimeOf({ runtime }: Project): string {
  return typeof runtime === "string" ? runtime : runtime.name;
}

/** The examples in a language. */
export function examplesIn(...languages: readonly string[]): string[] {
  return names.filter((name) => languages.includes(runtimeOf(read(`examples/${name}`))));
}
