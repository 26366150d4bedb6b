/** The report of a chaos run, in Markdown. */
import type { ChaosReport } from "./run";

export function reportText(report: ChaosReport): string {
  const { seed, cycles, lanes, rotations, ups, extraResets, faults, kills, violations } = report;
  const rows = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `| ${name} | ${count} |`);
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `# Chaos run

Repeat it with:

\`\`\`
npm run chaos -- --seed ${seed} --cycles ${cycles} --lanes ${lanes}
\`\`\`

| what                                       | count |
| ------------------------------------------ | ----- |
| cycles                                     | ${cycles} |
| rotations asked for                        | ${rotations} |
| runs of \`pulumi up\`, recovery included   | ${ups} |
| faults that happened                       | ${total(faults)} |
| kills by SIGKILL                           | ${total(kills)} |
| resets beyond one for each rotation        | ${extraResets} |
| violations                                 | ${violations.length} |

| fault (the answer, and whether it came before or after processing) | count |
| ------------------------------------------------------------------ | ----- |
${rows(faults).join("\n")}

| killed   | count |
| -------- | ----- |
${rows(kills).join("\n")}
${violations.map(({ cycle, plan, what }) => `\nViolation in cycle ${cycle}: ${what}\n\n\`\`\`json\n${JSON.stringify(plan)}\n\`\`\`\n`).join("")}`;
}
