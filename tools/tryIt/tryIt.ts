/** Asks all questions, and leaves nothing behind. */
import type { Account } from "./account";
import { askKeys } from "./keys";
import { askEnvironment, askExpiry, askReset, askToken, askWhoseKey, type Trial } from "./questions";
import { type Finding, table } from "./report";
import { askEscalation, askKeyRoles } from "./roles";

export interface TryItOptions extends Pick<Trial, "agree" | "wait" | "environment"> {
  readonly account: Account;
  /** Shows a line. */
  readonly print: (line: string) => void;
}

/** @returns whether everything that was agreed to was asked, and nothing is left in the account */
export async function tryIt({ account, print, ...rest }: TryItOptions): Promise<boolean> {
  const findings: Finding[] = [];
  const trial: Trial = {
    ...rest,
    account,
    find(question, answer) {
      const finding = { question, answer: account.clean(answer) };
      findings.push(finding);
      print(`  ${question}: ${finding.answer}`);
    },
  };
  let failure: string | undefined;
  try {
    await ask(trial);
  } catch (error) {
    failure = account.clean(error instanceof Error ? error.message : String(error));
    print(`Stopped: ${failure}`);
  }
  const left = await account.removeAll();
  if (findings.length > 0) print(`\n${table(findings)}\n`);
  for (const what of left) print(`Left behind: ${what}. Delete it at LaunchDarkly.`);
  if (left.length === 0) print("Nothing is left behind: every throw-away token and key is deleted.");
  return failure === undefined && left.length === 0;
}

async function ask(trial: Trial): Promise<void> {
  if (!(await askWhoseKey(trial))) throw new Error("LaunchDarkly does not accept the key.");
  await askEnvironment(trial);
  const token = await askToken(trial);
  if (token === undefined) return;
  await askReset(trial, token);
  await askExpiry(trial);
  await askEscalation(trial);
  const keys = await askKeys(trial);
  if (keys !== undefined) await askKeyRoles(trial, keys);
}
