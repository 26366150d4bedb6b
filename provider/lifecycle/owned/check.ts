/** check: validates the inputs of an owned token, and says what its creation will do. */
import type { CheckFailure, CheckResult } from "@pulumi/pulumi/dynamic";
import { closest, distance } from "fastest-levenshtein";

import { takeOverDifferences } from "../../decisions/owned/settings";
import { expiryProblem } from "../../decisions/resetExpiry";
import type { Announcement } from "../../messages/announcement";
import { announceCreation, announceTakeOverChanges, nearMissOfRole, pilingUp } from "../../messages/owned/announcement";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { Properties } from "../../model/properties";
import { unknownInputs } from "../../model/unknownValue";
import { foreseeTakeOver, foreseeToken } from "../../rotation/owned/foresee";
import type { Run } from "../../run/run";
import type { Session } from "../../run/session";
import { validateInputs } from "../inputs";
import { newScheduleWarnings } from "../schedule";
import { noteOwner } from "./replacement";
import { reading } from "./state";
import { tell } from "./tell";

/**
 * @param session what LaunchDarkly is asked with, in a preview
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 * @param configurationProblems what is wrong with the stack's settings
 */
export async function check(
  run: Run,
  session: () => Session,
  olds: Properties,
  news: Properties,
  configurationProblems: readonly string[],
): Promise<CheckResult> {
  const validated = validateInputs(reading, news);
  const failures = [
    ...configurationProblems.map((reason) => ({ property: "", reason })),
    ...("failures" in validated ? validated.failures : []),
  ];
  const isNew = Object.keys(olds).length === 0;
  if ("inputs" in validated) {
    // A run begins with it, and what a call of an earlier one has left is its state now.
    run.progress.unfinished.delete(validated.inputs.owner);
    run.progress.checked.add(validated.inputs.owner);
    noteOwner(run.progress, validated.inputs);
    if (isNew && failures.length === 0) failures.push(...(await announce(run, validated.inputs)));
    const warnings = [
      ...newScheduleWarnings(olds, news, validated.inputs, pilingUp),
      ...roleWarnings(olds["role"], validated.inputs.settings.role),
    ];
    for (const warning of warnings) await tell(run, validated.inputs, warning);
    if (isNew && failures.length === 0 && run.stage === "preview") {
      await foresee(run, session(), validated.inputs, unknownInputs(news));
    }
  }
  return { inputs: { ...news }, failures };
}

/** LaunchDarkly's base roles. Source: https://launchdarkly.com/docs/home/account/roles */
const BASE_ROLES = ["reader", "writer", "admin", "owner", "no_access"];

/** Further off than this, a name is no slip of the pen. */
const MOST_SLIPS = 2;

/** Warns of a role that is nearly one of LaunchDarkly's, when it is given and not at every run. */
function roleWarnings(before: unknown, role: string | undefined): Announcement[] {
  if (role === undefined || role === before || BASE_ROLES.includes(role)) return [];
  const right = closest(role.toLowerCase(), BASE_ROLES);
  return distance(role.toLowerCase(), right) > MOST_SLIPS ? [] : [nearMissOfRole(role, right)];
}

/** @throws {UserError} if the `up` would fail */
async function foresee(run: Run, session: Session, inputs: OwnedInputs, unknown: ReadonlySet<string>): Promise<void> {
  const { initial } = inputs;
  if (initial === undefined) {
    await foreseeToken(session, inputs, { unknown, isCertain: true });
    return;
  }
  const record = await foreseeTakeOver(session, inputs, initial, unknown);
  const said = record && announceTakeOverChanges(takeOverDifferences(record, inputs));
  if (said !== undefined) await tell(run, inputs, said);
}

async function announce(run: Run, inputs: OwnedInputs): Promise<CheckFailure[]> {
  const { surroundings, progress } = run;
  const { initial, frozen, oldKeyExpiry, owner } = inputs;
  if (initial === undefined && frozen) {
    const reason =
      "frozen must not be true when the resource is created: there is no token yet. Give initialToken and initialTokenId, or leave frozen out for the first pulumi up";
    return [{ property: "", reason }];
  }
  const problem = expiryProblem(oldKeyExpiry, surroundings.clock());
  if (problem !== undefined) return [{ property: "", reason: `oldKeyExpiry ${problem}` }];
  if (initial === undefined) progress.due.add(owner);
  await tell(run, inputs, announceCreation(inputs));
  return [];
}
