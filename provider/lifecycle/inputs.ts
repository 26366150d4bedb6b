/** Reads the raw inputs that Pulumi sends. */
import type { CheckFailure } from "@pulumi/pulumi/dynamic";
import { closest, distance } from "fastest-levenshtein";
import type { ZodError } from "zod";

import type { Credential } from "../model/credential";
import type { Inputs } from "../model/inputs";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";

/** @returns the inputs, or everything that is wrong with them */
export function validateInputs(
  credential: Credential,
  properties: Properties,
): { inputs: Inputs } | { failures: CheckFailure[] } {
  const parsed = credential.inputs.safeParse(withoutProvider(properties));
  return parsed.success ? { inputs: parsed.data } : { failures: failures(credential, parsed.error) };
}

/** Reads inputs that have passed check. */
export function readInputs({ inputs }: Credential, properties: Properties): Inputs {
  return inputs.parse(withoutProvider(properties));
}

function withoutProvider(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== PROVIDER_PROPERTY));
}

/** Every problem, each naming its input in the text: a property would make Pulumi print the value, perhaps a secret. */
function failures(credential: Credential, error: ZodError): CheckFailure[] {
  return error.issues.flatMap((issue) => {
    const reasons =
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => unknownInput(credential, name))
        : [`${issue.path.map(String).join(".")} ${issue.message}`];
    return reasons.map((reason) => ({ property: "", reason }));
  });
}

/** Further off than this, a name is no slip of the pen. */
const MOST_SLIPS = 3;

function unknownInput({ className, inputNames }: Credential, name: string): string {
  const nearest = closest(name, [...inputNames]);
  const hint = distance(name.toLowerCase(), nearest.toLowerCase()) > MOST_SLIPS ? "" : `; did you mean ${nearest}?`;
  return `${name} is no input of ${className}${hint} (its inputs: ${inputNames.join(", ")})`;
}
