/** Reads the raw inputs that Pulumi sends. */
import type { CheckFailure } from "@pulumi/pulumi/dynamic";
import { closest, distance } from "fastest-levenshtein";
import type { ZodError, ZodType } from "zod";

import { printable } from "../model/printable";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";
import { version } from "../version";

/** How a class reads the inputs of its resources. */
export interface Reading<Read> {
  readonly className: string;
  readonly inputs: ZodType<Read>;
  /** Their names, in the order in which people are told them. */
  readonly inputNames: readonly string[];
}

/** @returns the inputs, or everything that is wrong with them */
export function validateInputs<Read>(
  reading: Reading<Read>,
  properties: Properties,
): { inputs: Read } | { failures: CheckFailure[] } {
  const parsed = reading.inputs.safeParse(withoutProvider(properties));
  return parsed.success ? { inputs: parsed.data } : { failures: failures(reading, parsed.error) };
}

/** Reads inputs that have passed check. */
export function readInputs<Read>({ inputs }: Pick<Reading<Read>, "inputs">, properties: Properties): Read {
  return inputs.parse(withoutProvider(properties));
}

/** Reads the inputs that a refresh works with; undefined if an older release took what this one refuses. */
export function inputsOfLastRun<Read>(
  reading: Pick<Reading<Read>, "inputs">,
  properties: Properties,
): Read | undefined {
  return reading.inputs.safeParse(withoutProvider(properties)).data;
}

function withoutProvider(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== PROVIDER_PROPERTY));
}

/** Every problem, each naming its input in the text: a property would make Pulumi print the value, perhaps a secret. */
function failures(reading: Reading<unknown>, error: ZodError): CheckFailure[] {
  return error.issues.flatMap((issue) => {
    const reasons =
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => unknownInput(reading, name))
        : [`${issue.path.map(String).join(".")} ${issue.message}`];
    return reasons.map((reason) => ({ property: "", reason }));
  });
}

/** The most edits by which a name counts as misspelt. */
const MOST_SLIPS = 3;

function unknownInput({ className, inputNames }: Reading<unknown>, name: string): string {
  const nearest = closest(name, [...inputNames]);
  const hint = distance(name.toLowerCase(), nearest.toLowerCase()) > MOST_SLIPS ? "" : `; did you mean ${nearest}?`;
  return `${printable(name)} is no input of ${className}${hint} (its inputs: ${inputNames.join(", ")}; version ${version} of pulumi-launchdarkly-rotation answers)`;
}
