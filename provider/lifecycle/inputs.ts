/** Reads the inputs and the outputs of a resource, as a host hands them over. */
import { closest, distance } from "fastest-levenshtein";
import type { ZodError, ZodType } from "zod";

import { UserError } from "../messages/userError";
import { printable } from "../model/printable";
import type { Properties } from "../model/properties";
import type { Asked, Kept, Strategy } from "../rotation/strategy";
import { version } from "../version";
import type { CheckRequest } from "./lifecycle";

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
