/** The tables of results, for people: in tests/matrix/README.md, between two marks. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import prettier from "prettier";

import { repository } from "../../tools/stack/workspace";
import { type Cell, GROUPS, type Result } from "./cell";

export const page = path.join(repository, "tests", "matrix", "README.md");
const MARKS = ["<!-- matrix -->", "<!-- /matrix -->"] as const;

const OUTCOMES: Readonly<Record<Result["outcome"], string>> = {
  works: "works",
  message: "stops, and says what to do",
  fails: "fails",
  "Pulumi's own": "fails, without this package as well",
  "not run here": "not run here",
  differs: "**fails**",
};

/** @returns the page as it should be with these results */
export async function pageWith(cells: readonly Cell[], results: readonly Result[]): Promise<string> {
  const text = readFileSync(page, "utf8");
  const [before = "", after = ""] = [text.split(MARKS[0])[0], text.split(MARKS[1])[1]];
  const formatted = `${before}${MARKS[0]}\n\n${tables(cells, results)}\n\n${MARKS[1]}${after}`;
  return prettier.format(formatted, { ...(await prettier.resolveConfig(page)), parser: "markdown" });
}

export async function writePage(cells: readonly Cell[], results: readonly Result[]): Promise<void> {
  writeFileSync(page, await pageWith(cells, results));
}

function tables(cells: readonly Cell[], results: readonly Result[]): string {
  const byName = new Map(results.map((result) => [result.name, result]));
  return GROUPS.map((group) => {
    const rows = cells.filter((cell) => cell.group === group).map((cell) => row(cell, byName.get(cell.name)));
    return [`### ${group}`, "", "| what | result | versions | run on |", "| --- | --- | --- | --- |", ...rows].join(
      "\n",
    );
  }).join("\n\n");
}

function row(cell: Cell, result: Result | undefined): string {
  const why = cell.expected.outcome === "not run here" ? cell.expected.why : undefined;
  const outcome = result === undefined ? "not run yet" : OUTCOMES[result.outcome];
  const told = [outcome, why, cell.note].filter((part) => part !== undefined).join("; ");
  const versions = Object.entries(result?.versions ?? {}).map(([name, version]) => `${NAMES[name] ?? name} ${version}`);
  return `| ${[cell.name, told, versions.join(", "), result?.date ?? ""].join(" | ")} |`;
}

const NAMES: Readonly<Record<string, string>> = {
  node: "Node.js",
  cli: "CLI",
  sdk: "SDK",
  "@yarnpkg/cli-dist": "yarn",
  typescript: "TypeScript",
};
