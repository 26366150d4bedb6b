/** Writes what was measured to docs/bench/: figures.json, figures.md and the plots. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import prettier from "prettier";

import { repository } from "../../tools/stack/workspace";
import type { Figure } from "../figure";
import type { Machine } from "../machine";
import { barsSvg } from "./barsSvg";
import { type Growth, growthSvg } from "./growthSvg";
import { markdownTable } from "./table";

export interface Report {
  readonly machine: Machine;
  readonly figures: readonly Figure[];
  readonly growth: readonly Growth[];
  /** What could not be measured, and why. */
  readonly failures: Readonly<Record<string, string>>;
}

/** @returns the files that were written */
export async function writeReport(report: Report, folder = path.join(repository, "docs", "bench")): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const walls = report.figures.filter(({ name }) => name.endsWith(", wall"));
  const groups = { one: /\b1, wall/, many: /\b100, wall/, latency: /ms, wall/ };
  const titles = { one: "One token", many: "100 tokens", latency: "20 tokens, an API that takes 100 ms" };
  const plots = Object.entries(groups).map(([name, pattern]) => {
    const figures = walls.filter((figure) => pattern.test(figure.name));
    const title = titles[name as keyof typeof titles];
    return [`${name}.svg`, figures.length === 0 ? undefined : barsSvg(title, figures)] as const;
  });
  const files = {
    "figures.json": JSON.stringify(report, undefined, 2),
    "figures.md": markdown(report),
    ...Object.fromEntries(plots),
    "growth.svg": report.growth.length === 0 ? undefined : growthSvg("Rotations in one pulumi up", report.growth),
  };
  const written: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue;
    const file = path.join(folder, name);
    const options = await prettier.resolveConfig(path.join(repository, "package.json"));
    const isPlain = name.endsWith(".svg");
    writeFileSync(file, isPlain ? text : await prettier.format(text, { ...options, filepath: file }));
    written.push(file);
  }
  return written;
}

function markdown({ machine, figures, failures }: Report): string {
  const { at, commit, processor, cores, memoryGiB, system, versions, load } = machine;
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const failed = Object.entries(failures).map(([name, reason]) => `- Not measured: ${name}. ${reason.split("\n")[0]}`);
  return `# Figures of the bench

\`npm run bench -- --report\` has written this page. [bench/README.md](../../bench/README.md) says what the words mean.

- ${at}, commit ${commit}
- ${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}; load at the beginning ${load}
- ${software.join(", ")}

${markdownTable(figures)}

${failed.join("\n")}
`;
}
