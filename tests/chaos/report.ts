/** The report of a chaos run, in Markdown. */
import type { ChaosReport } from "./run";

export function reportText(report: ChaosReport): string {
  const { seed, cycles, lanes, rotations, ups, extraResets, faults, kills, violations } = report;
  const rows = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `| ${name} | ${count} |`);
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `# Chaos run

The real Pulumi CLI rotates tokens of the sandbox while things go wrong. Each cycle draws from the seed: how many tokens,
with a grace or without; up to three faults, each of which may strike several times; perhaps a SIGKILL of the provider's
process, of the CLI, or of both, at any moment of the first run and sometimes of the next one too; perhaps a reset that
is carried out only after it was given up ("hold"); latency, a rate limit, a clock that is two hours off, and what
LaunchDarkly does where its description does not say. Then it follows the
[recovery procedure](../README.md#when-things-go-wrong) to the letter until \`pulumi up\` succeeds, and once more after a
reset that was carried out late.

It is a violation if, after a cycle, the key in the state does not authenticate as the right token; if a resource was
lost from the state after any run; if a token was reset more often than once, and once for each answer lost or killed
and twice for each reset carried out late; if a key stands in plain text in the state or in what the CLI printed; if a
run does not end; or if, during a promised grace, at any moment every key was dead that a consumer could hold. Half of
the cycles assume that a reset ends older graces. There, the reset that a later run needs after a lost answer, and one
that is carried out late, may end the grace; nothing else may.

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
