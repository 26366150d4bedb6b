/** check: validates the inputs and the configuration, and tells every problem at once. */
import type { CheckFailure, CheckResult } from "@pulumi/pulumi/dynamic";

import { announceAdoption, announceRotation } from "../messages/announcement";
import { expiryProblem } from "../decisions/resetExpiry";
import { FIRST_ROTATION } from "../decisions/rotationReason";
import type { Inputs } from "../model/inputs";
import type { Properties } from "../model/properties";
import { UNKNOWN_VALUE } from "../model/unknownValue";
import { validateInputs } from "./inputs";
import type { Progress } from "../run/progress";
import type { Surroundings } from "../run/surroundings";

/**
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 * @param configurationProblems what is wrong with the stack's settings
 */
export async function check(
  olds: Properties,
  news: Properties,
  configurationProblems: readonly string[],
  surroundings: Pick<Surroundings, "clock" | "log">,
  progress: Progress,
): Promise<CheckResult> {
  const validated = validateInputs(news);
  const failures = [
    ...configurationProblems.map((reason) => ({ property: "", reason })),
    ...("failures" in validated ? validated.failures : []),
  ];
  const isNew = Object.keys(olds).length === 0;
  if (isNew && failures.length === 0 && "inputs" in validated) {
    failures.push(...(await announceCreation(validated.inputs, surroundings, progress)));
  }
  return { inputs: { ...news }, failures };
}

/** Says what the creation of the resource will do, unless it can't be done. */
async function announceCreation(
  { tokenId, oldKeyExpiry, initialToken }: Inputs,
  { clock, log }: Pick<Surroundings, "clock" | "log">,
  { due }: Progress,
): Promise<CheckFailure[]> {
  const isKnown = tokenId !== UNKNOWN_VALUE;
  const token = isKnown ? tokenId : "(its id is not known yet)";
  if (initialToken !== undefined) {
    const { severity, message } = announceAdoption(token);
    await log(severity, message);
    return [];
  }
  const problem = expiryProblem(oldKeyExpiry, clock());
  if (problem !== undefined) return [{ property: "", reason: `oldKeyExpiry ${problem}` }];
  const { severity, message } = announceRotation({ token, reason: FIRST_ROTATION, oldKeyExpiry });
  if (isKnown) due.add(tokenId);
  await log(severity, message);
  return [];
}
