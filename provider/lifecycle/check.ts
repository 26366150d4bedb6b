/** check: validates the inputs and the settings, and says what the creation of a new resource will do. */
import { expiryProblem } from "../decisions/resetExpiry";
import { type Announcement, scheduleWarnings } from "../messages/announcement";
import type { Properties } from "../model/properties";
import { UNKNOWN_VALUE, unknownInputs } from "../model/unknownValue";
import { foresee } from "../rotation/foresee";
import type { Asked, Kept, Strategy } from "../rotation/strategy";
import { onRow } from "../run/rows";
import { announces } from "../run/run";
import { givenTo, validateInputs } from "./inputs";
import type { CheckRequest, Context } from "./lifecycle";

/** @returns everything that is wrong, in words */
export async function check<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  context: Context,
  request: CheckRequest,
): Promise<readonly string[]> {
  const { run } = context;
  const { stage, urn, olds, news } = request;
  const validated = validateInputs(strategy, givenTo(strategy, request));
  const problems = [...context.problems, ...("problems" in validated ? validated.problems : [])];
  if ("problems" in validated) return problems;
  const { inputs } = validated;
  const name = strategy.nameOf(inputs);
  // A run begins with it, and what a call of an earlier one has left is its state now.
  run.progress.unfinished.delete(name);
  strategy.noteInputs?.(run, inputs);
  const isCreation = Object.keys(olds).length === 0 && problems.length === 0;
  const problem = isCreation ? creationProblem(strategy, inputs, run.host.clock()) : undefined;
  if (problem !== undefined) problems.push(problem);
  const isPlanned = isCreation && problem === undefined;
  const said = [
    ...(isPlanned ? [strategy.says.announceCreation(inputs)] : []),
    ...newScheduleWarnings(strategy, olds, news, inputs),
    ...(strategy.inputWarnings?.(olds, inputs) ?? []),
  ];
  const log = onRow(run.host.log, { urn, name: strategy.newName(inputs) });
  if (announces({ stage })) for (const { severity, message } of said) await log(severity, message);
  // Nobody can be asked about a credential that is not known yet.
  if (!isPlanned || name.includes(UNKNOWN_VALUE)) return problems;
  if (!strategy.takesOver(inputs)) run.progress.due.add(name);
  if (stage === "preview") {
    const foreseen = { unknown: unknownInputs(news), isCertain: true };
    for (const { severity, message } of await foresee(strategy, context.session(), inputs, foreseen)) {
      await log(severity, message);
    }
  }
  return problems;
}

/** Why a resource can't be created so. */
function creationProblem<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  inputs: Given,
  now: number,
): string | undefined {
  if (strategy.takesOver(inputs)) return undefined;
  if (inputs.frozen) return strategy.says.frozen;
  const problem = expiryProblem(inputs.oldKeyExpiry, now);
  return problem === undefined ? undefined : `oldKeyExpiry ${problem}`;
}

/** The inputs that make a schedule. */
const SCHEDULE = ["rotateAfter", "oldKeyExpiry"];

/** Warns, once when it is set up, of a schedule that will stop working. */
function newScheduleWarnings<State extends Kept, Given extends Asked>(
  { says }: Strategy<State, Given, unknown>,
  olds: Properties,
  news: Properties,
  inputs: Given,
): Announcement[] {
  if (!SCHEDULE.some((input) => news[input] !== olds[input])) return [];
  return scheduleWarnings(inputs, (overlap) => says.overlapping(overlap));
}
