/** The report of a chaos run, in Markdown. */
import { type Kind, kinds } from "../support/kinds";
import type { ChaosReport } from "./run";

export function reportText(report: ChaosReport): string {
  const { seed, cycles, lanes, rotations, takeOvers, lostAnswers, ups, extraResets, faults, kills, violations } =
    report;
  const rows = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `| ${name} | ${count} |`);
  const rowOf = ({ credential: { className } }: Kind) =>
    `| ${[className, ...[rotations, takeOvers, lostAnswers].map((counts) => counts[className] ?? 0)].join(" | ")} |`;
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `# Chaos run

The real Pulumi CLI rotates credentials of the sandbox while things go wrong: access tokens, SDK keys, mobile keys and
Relay Proxy keys, mixed in one stack. Each cycle draws from the seed: which credentials, up to five, while those of
earlier cycles rest in the stack or leave it; with a grace or without; up to four faults or pairs of faults of their
requests, each of which may strike several times; perhaps a SIGKILL of the provider's process, of the CLI, or of both, at any moment of the
first run and sometimes of the next one too; perhaps a reset that is carried out only after it was given up ("hold");
latency, a rate limit, a clock that is 45 minutes off, and what LaunchDarkly does where its description does not say. Then
it follows the [recovery procedure](when-things-go-wrong.md#recovery-procedure) to the letter until \`pulumi up\` succeeds, and once
more after a reset that was carried out late.

A credential that comes into the stack is reset, unless its key can be read: SDK and mobile keys are taken over, and
rotate from the next cycle on.

It is a violation if, after a cycle,

- a key in the state does not authenticate, or is not the current one though it can be read;
- a key was not rotated that was due, or was rotated though it was not;
- an old key works for which no grace was asked;
- a key stands in plain text in the state or in what the CLI printed;

or if, at any time,

- a resource is lost from the state;
- a run does not end;
- a credential is reset more often than once, once more for each kill and each reset carried out late, and, if its key
  can't be read, once more for each answer lost or late. A key that can be read is reset neither twice in a run nor again
  in the next one, but after a kill;
- every key is dead, during a promised grace, that a consumer may hold. For access tokens and Relay Proxy keys, half of
  the cycles assume that a reset ends older graces; for SDK keys all do. There, the reset that a later run needs after a
  lost answer, and one that is carried out late, may end the grace; nothing else may. A new SDK key can be read although
  the answer was lost, so there it takes a kill, or a reset that is carried out late beside another one.

Repeat it with:

\`\`\`
npm run chaos -- --seed ${seed} --cycles ${cycles} --lanes ${lanes}
\`\`\`

| what                                       | count |
| ------------------------------------------ | ----- |
| cycles                                     | ${cycles} |
| rotations that were due                    | ${total(rotations)} |
| keys taken over                            | ${total(takeOvers)} |
| runs of \`pulumi up\`, recovery included   | ${ups} |
| faults that happened                       | ${total(faults)} |
| kills by SIGKILL                           | ${total(kills)} |
| resets beyond one for each rotation        | ${extraResets} |
| violations                                 | ${violations.length} |

| resource | rotations | keys taken over | answers to resets lost |
| -------- | --------- | --------------- | ---------------------- |
${kinds.map(rowOf).join("\n")}

| fault (the answer, and whether it came before or after processing) | count |
| ------------------------------------------------------------------ | ----- |
${rows(faults).join("\n")}

| killed   | count |
| -------- | ----- |
${rows(kills).join("\n")}
${violations.map(({ cycle, plan, what }) => `\nViolation in cycle ${cycle}: ${what}\n\n\`\`\`json\n${JSON.stringify(plan)}\n\`\`\`\n`).join("")}`;
}
