/** The report of a chaos run, in Markdown. */
import { type Kind, kinds } from "../support/kinds";
import { ownedReportRows } from "./owned/report";
import { everyClass } from "./plan";
import type { ChaosReport } from "./run";

export function reportText(report: ChaosReport): string {
  const { seed, cycles, lanes, classNames = everyClass, rotations, takeOvers, lostAnswers } = report;
  const { ups, extraResets, faults, kills, owned, violations } = report;
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

The real Pulumi CLI rotates credentials of the sandbox while things go wrong, mixed in one stack: ${classNames.join(", ")}. Each cycle draws from the seed: which credentials, up to five, while those of
earlier cycles rest in the stack or leave it; with a grace or without; up to four faults or pairs of faults of their
requests, each of which may strike several times; perhaps a SIGKILL of the provider's process, of the CLI, or of both, at any moment of the
first run and sometimes of the next one too; perhaps a reset that is carried out only after it was given up ("hold");
latency, a rate limit, a clock that is 45 minutes off, and what LaunchDarkly does where its description does not say. Then
it follows the [recovery procedure](when-things-go-wrong.md#recovery-procedure) to the letter until \`pulumi up\` succeeds, and once
more after a reset that was carried out late.

A \`RotatingAccessToken\` comes into the stack, rotates, gets another grace or other settings, or is destroyed. Some take a
token over. In some cycles the account answers a patch of \`/expiry\` with 422, or may have no more tokens. A person gives
it more when a run says so. The first token of a creation that was killed may be in no state. If a run or a refresh names
such a token and does not delete it, a person does.

Any other credential that comes into the stack is reset, unless its key can be read: SDK and mobile keys are taken over, and
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

For a \`RotatingAccessToken\`, it is a violation if, after a \`pulumi up\` that succeeded,

- LaunchDarkly has a token with the stack's mark that is not in the state. After a kill, a token that is made late may be
  there until \`pulumi refresh\` finds it;
- the current token is not the one of the state's key, has an end, or is not as the program says;
- a previous token ends at another time than the state says;
- a resource left the stack, and one of its tokens is still there;
- three more runs find something to do each time, or find nothing and leave a previous token without the end that is
  asked for;

or if, at any time,

- the key is dead that consumers hold: the one that was in the state after the last run;
- a previous token ends before its time;
- there is a token beyond those in the state and the one that is being made. After a kill, and beside a token that is
  made late, there may be one;
- a token gets an end before its successor was used with success;
- a token is made more often than once, and once more for each kill and each answer lost or late.

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
