/** check: validates the inputs and the configuration, and tells every problem at once. */
import type { CheckFailure, CheckResult } from "@pulumi/pulumi/dynamic";

import { expiryProblem } from "../decisions/resetExpiry";
import { FIRST_ROTATION } from "../decisions/rotationReason";
import { announceAdoption, announceRotation, scheduleWarning } from "../messages/announcement";
import { idOf } from "../messages/naming";
import type { Credential } from "../model/credential";
import type { Inputs } from "../model/inputs";
import type { Properties } from "../model/properties";
import { containsUnknown } from "../model/unknownValue";
import type { Call } from "../rotation/call";
import { foresee } from "../rotation/foresee";
import { dueName } from "../run/progress";
import type { Run } from "../run/run";
import { validateInputs } from "./inputs";

/**
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 * @param configurationProblems what is wrong with the stack's settings
 * @param begin gives what a call to LaunchDarkly works with
 */
export async function check(
  credential: Credential,
  run: Run,
  olds: Properties,
  news: Properties,
  configurationProblems: readonly string[],
  begin: () => Call,
): Promise<CheckResult> {
  const validated = validateInputs(credential, news);
  const failures = [
    ...configurationProblems.map((reason) => ({ property: "", reason })),
    ...("failures" in validated ? validated.failures : []),
  ];
  const isNew = Object.keys(olds).length === 0;
  if (isNew && failures.length === 0 && "inputs" in validated) {
    const problems = await announceCreation(credential, run, validated.inputs);
    failures.push(...problems);
    const isSure = problems.length === 0 && !containsUnknown(validated.inputs.identity);
    if (run.isPreview && isSure) await foresee(begin(), validated.inputs);
  }
  if ("inputs" in validated && (isNew || news["rotateAfter"] !== olds["rotateAfter"])) {
    const warning = scheduleWarning(validated.inputs);
    if (warning !== undefined) await run.surroundings.log("warning", `${credential.className}: ${warning}`);
  }
  return { inputs: { ...news }, failures };
}

/** Says what the creation of the resource will do, unless it can't be done. */
async function announceCreation(
  credential: Credential,
  { surroundings: { clock, log }, progress: { due } }: Run,
  { identity, oldKeyExpiry, initialKey, frozen }: Inputs,
): Promise<CheckFailure[]> {
  const isKnown = !containsUnknown(identity);
  const name = isKnown ? idOf(identity) : "(its id is not known yet)";
  if (credential.isReadable || initialKey !== undefined) {
    const { severity, message } = announceAdoption(credential, name);
    await log(severity, message);
    return [];
  }
  if (frozen) return [{ property: "", reason: frozenProblem(credential) }];
  const problem = expiryProblem(oldKeyExpiry, clock());
  if (problem !== undefined) return [{ property: "", reason: `oldKeyExpiry ${problem}` }];
  const { wording, noGrace } = credential;
  const { severity, message } = announceRotation({ wording, name, reason: FIRST_ROTATION, oldKeyExpiry, noGrace });
  if (isKnown) due.add(dueName(credential, identity));
  await log(severity, message);
  return [];
}

function frozenProblem({ initialKey, wording }: Credential): string {
  return `frozen must not be true when the resource is created: the stack gets a key only by a reset of ${wording.it}. Give ${String(initialKey)} the key that is in use, or leave frozen out for the first pulumi up`;
}
