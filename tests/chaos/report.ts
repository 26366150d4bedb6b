/** The report of a chaos run, in Markdown. */
import { type Kind, kinds } from "../support/kinds";
import { ownedReportRows } from "./owned/report";
import { everyClass } from "./plan";
import type { ChaosReport } from "./run";

export function reportText(report: ChaosReport): string {
  const { seed, cycles, lanes, classNames = everyClass, rotations, takeOvers, lostAnswers } = report;
  const { ups, hooks, extraResets, faults, kills, owned, violations } = report;
  const rows = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `| ${name} | ${count} |`);
  const rowOf = ({ credential: { className } }: Kind) =>
    `| ${[className, ...[rotations, takeOvers, lostAnswers].map((counts) => counts[className] ?? 0)].join(" | ")} |`;
  const isDrawn = ({ credential: { className } }: Kind) => classNames.includes(className);
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  const kindsOfRun =
    classNames.length === everyClass.length ? "" : classNames.map((name) => ` --kind ${name}`).join("");
  return `# Chaos run

\`docs/chaos.md\` says what a cycle does, and what counts as a violation. Resources: ${classNames.join(", ")}.

Repeat it with:

\`\`\`
npm run chaos -- --seed ${seed} --cycles ${cycles} --lanes ${lanes}${kindsOfRun}
\`\`\`

| what                                       | count |
| ------------------------------------------ | ----- |
| cycles                                     | ${cycles} |
| rotations that were due                    | ${total(rotations)} |
| keys taken over                            | ${total(takeOvers)} |
| runs of \`pulumi up\`, recovery included   | ${ups} |
| faults that happened                       | ${total(faults)} |
| kills by SIGKILL                           | ${total(kills)} |
| runs with hooks that never give up         | ${hooks.runs} |
| tries that these hooks have asked for      | ${hooks.retries} |
| calls that left their work to the next run | ${hooks.leftUndone} |
| resets beyond one for each rotation        | ${extraResets} |
| violations                                 | ${violations.length} |

| resource | rotations | keys taken over | answers to resets lost |
| -------- | --------- | --------------- | ---------------------- |
${kinds.filter(isDrawn).map(rowOf).join("\n")}
${ownedReportRows(owned)}

| fault (the answer, and whether it came before or after processing) | count |
| ------------------------------------------------------------------ | ----- |
${rows(faults).join("\n")}

| killed   | count |
| -------- | ----- |
${rows(kills).join("\n")}
${violations.map(({ cycle, plan, what }) => `\nViolation in cycle ${cycle}: ${what}\n\n\`\`\`json\n${JSON.stringify(plan)}\n\`\`\`\n`).join("")}`;
}
