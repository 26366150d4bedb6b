/** check: reads and validates the inputs, and says what is wrong with them. */
import { closest, distance } from "fastest-levenshtein";
import type { ZodError, ZodType } from "zod";

import { expiryProblem } from "../decisions/ends";
import { type Announcement, scheduleWarnings } from "../messages/announcement";
import { UserError } from "../messages/words";
import { type Properties, UNKNOWN_VALUE, unknownInputs } from "../model/json";
import { printable } from "../model/redact";
import { foresee } from "../rotation/foresee";
import type { Strategy } from "../rotation/strategy";
import type { Asked, Kept } from "../rotation/work";
import { announces, logFor } from "../run/run";
import { version } from "../version";
import type { CallContext, CheckRequest } from "./lifecycle";

/** How a class reads the inputs of its resources. */
export interface Reading<Given> {
  readonly className: string;
  /** The names of the inputs, in the order in which people are told them. */
  readonly inputNames: readonly string[];
  readonly inputs: ZodType<Given>;
}

/** @returns the inputs, or everything that is wrong with them */
export function validateInputs<Given>(
  reading: Reading<Given>,
  properties: Properties,
): { readonly inputs: Given } | { readonly problems: readonly string[] } {
  const parsed = reading.inputs.safeParse(properties);
  return parsed.success ? { inputs: parsed.data } : { problems: problemsIn(reading, parsed.error) };
}

/** Every problem, each naming its input, and no value: that may be a secret. */
function problemsIn(reading: Reading<unknown>, error: ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((name) => unknownInput(reading, name))
      : [`${issue.path.map(String).join(".")} ${issue.message}`],
  );
}

/** The most edits by which a name counts as misspelt. */
const MOST_SLIPS = 3;

function unknownInput({ className, inputNames }: Reading<unknown>, name: string): string {
  const nearest = closest(name, [...inputNames]);
  const hint = distance(name.toLowerCase(), nearest.toLowerCase()) > MOST_SLIPS ? "" : `; did you mean ${nearest}?`;
  return `${printable(name)} is no input of ${className}${hint} (its inputs: ${inputNames.join(", ")}; version ${version} of pulumi-launchdarkly-rotation answers)`;
}

/** The inputs of a call, with the owner of the resource among them where the stack owns what it rotates. */
export function givenTo({ owns }: { readonly owns: boolean }, { news, owner }: Given): Properties {
  return owns ? { ...news, owner } : news;
}

type Given = Pick<CheckRequest, "news" | "owner">;

/**
 * @param olds the outputs of the last run, also those of an older release
 * @throws {UserError} if they are no state of this resource
 */
export function readState<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  olds: Properties,
): State {
  const state = strategy.readState(olds);
  if ("problems" in state) throw unreadable(strategy, state.problems);
  return state;
}

/** @param problems the names of the outputs that no release has written so */
export function unreadable(
  { className, says }: Pick<Strategy<Kept, Asked, unknown>, "className"> & { readonly says: { readonly anew: string } },
  problems: readonly string[],
): UserError {
  const article = /^[AEIOU]/.test(className) ? "an" : "a";
  return new UserError(
    `The state of ${article} ${className} can't be read: ${problems.join(", ")} is not what any release has written. Restore the stack from an earlier state (pulumi stack export --version … on Pulumi Cloud, the folder .pulumi/history of other backends), or remove the resource from the state (pulumi state delete) and let pulumi up ${says.anew}.`,
  );
}

/** @returns everything that is wrong, in words */
export async function check<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  context: CallContext,
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
  const isThere = Object.keys(olds).length > 0;
  strategy.noteInputs?.(run, inputs, isThere);
  const isCreation = !isThere && problems.length === 0;
  const problem = isCreation ? creationProblem(strategy, inputs, run.host.clock()) : undefined;
  if (problem !== undefined) problems.push(problem);
  const isPlanned = isCreation && problem === undefined;
  const said = [
    ...(isPlanned ? [strategy.says.announceCreation(inputs)] : []),
    ...newScheduleWarnings(strategy, olds, news, inputs),
    ...(strategy.inputWarnings?.(olds, inputs, unknownInputs(news)) ?? []),
  ];
  const log = logFor(run.host.log, { urn, name: strategy.newName(inputs) });
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
