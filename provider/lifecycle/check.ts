/** check: validates the inputs and the configuration, and tells every problem at once. */
import type { CheckResult } from "@pulumi/pulumi/dynamic";

import { expiryProblem } from "../decisions/resetExpiry";
import { FIRST_ROTATION } from "../decisions/rotationReason";
import { type Announcement, announceAdoption, announceRotation, cutShort } from "../messages/announcement";
import type { Credential } from "../model/credential";
import type { Inputs } from "../model/inputs";
import type { Properties } from "../model/properties";
import { containsUnknown, unknownInputs } from "../model/unknownValue";
import type { Call } from "../rotation/call";
import { foresee } from "../rotation/foresee";
import { dueName } from "../run/progress";
import { onRow } from "../run/rows";
import { announces, type Run } from "../run/run";
import { validateInputs } from "./inputs";
import { nameIn, newName } from "./rows";
import { newScheduleWarnings } from "./schedule";

/**
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 * @param configurationProblems what is wrong with the stack's settings
 * @param begin gives what a call to LaunchDarkly works with
 * @param urn the resource's, if the program tells it
 */
export async function check(
  credential: Credential,
  run: Run,
  olds: Properties,
  news: Properties,
  configurationProblems: readonly string[],
  begin: () => Call,
  urn?: string,
): Promise<CheckResult> {
  const validated = validateInputs(credential, news);
  const failures = [
    ...configurationProblems.map((reason) => ({ property: "", reason })),
    ...("failures" in validated ? validated.failures : []),
  ];
  const isNew = Object.keys(olds).length === 0;
  if ("failures" in validated) return { inputs: { ...news }, failures };
  const { inputs } = validated;
  for (const properties of [olds, news]) run.progress.checked.add(nameIn(credential, properties));
  // A run begins with it, and what a call of an earlier one has left is its state now.
  if (!containsUnknown(inputs.identity)) run.progress.unfinished.delete(dueName(credential, inputs.identity));
  const said: Announcement[] = [];
  if (isNew && failures.length === 0) {
    const plan = creation(credential, run.surroundings.clock(), inputs);
    if ("problem" in plan) failures.push({ property: "", reason: plan.problem });
    else said.push(plan);
  }
  said.push(...newScheduleWarnings(olds, news, inputs, cutShort));
  if (announces(run)) {
    const log = onRow(run.surroundings.log, { urn, name: newName(credential, inputs.identity) });
    for (const { severity, message } of said) await log(severity, message);
  }
  if (isNew && failures.length === 0) await lookAhead(credential, run, inputs, begin, unknownInputs(news));
  return { inputs: { ...news }, failures };
}

/** What the creation of the resource will do, or why it can't be done. */
function creation(
  credential: Credential,
  now: number,
  { oldKeyExpiry, initialKey, frozen }: Inputs,
): Announcement | { readonly problem: string } {
  if (isTakeOver(credential, { initialKey })) return announceAdoption(credential);
  if (frozen) return { problem: frozenProblem(credential) };
  const problem = expiryProblem(oldKeyExpiry, now);
  if (problem !== undefined) return { problem: `oldKeyExpiry ${problem}` };
  const { noGrace, initialKey: input } = credential;
  return announceRotation({ reason: FIRST_ROTATION, oldKeyExpiry, noGrace, initialKey: input });
}

/** Counts the rotation that a creation will be, and asks in a preview whether it can work. */
async function lookAhead(
  credential: Credential,
  run: Run,
  inputs: Inputs,
  begin: () => Call,
  unknown: ReadonlySet<string>,
): Promise<void> {
  const { identity } = inputs;
  if (containsUnknown(identity)) return;
  if (!isTakeOver(credential, inputs)) run.progress.due.add(dueName(credential, identity));
  if (run.stage === "preview") await foresee(begin(), inputs, { unknown, isCertain: true });
}

function isTakeOver({ isReadable }: Credential, { initialKey }: Pick<Inputs, "initialKey">): boolean {
  return isReadable || initialKey !== undefined;
}

function frozenProblem({ initialKey, wording }: Credential): string {
  return `frozen must not be true when the resource is created: the stack gets a key only by a reset of ${wording.it}. Give ${String(initialKey)} the key that is in use, or leave frozen out for the first pulumi up`;
}
