/** Reads the raw inputs that Pulumi sends. */
import type { CheckFailure } from "@pulumi/pulumi/dynamic";
import type { ZodError } from "zod";

import type { Credential } from "../model/credential";
import type { Inputs } from "../model/inputs";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";

/** @returns the inputs, or everything that is wrong with them */
export function validateInputs(
  { inputs, className }: Credential,
  properties: Properties,
): { inputs: Inputs } | { failures: CheckFailure[] } {
  const parsed = inputs.safeParse(withoutProvider(properties));
  return parsed.success ? { inputs: parsed.data } : { failures: failures(className, parsed.error) };
}

/** Reads inputs that have passed check. */
export function readInputs({ inputs }: Credential, properties: Properties): Inputs {
  return inputs.parse(withoutProvider(properties));
}

function withoutProvider(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== PROVIDER_PROPERTY));
}

/** Every problem, each naming its input in the text: a property would make Pulumi print the value, perhaps a secret. */
function failures(className: string, error: ZodError): CheckFailure[] {
  return error.issues.flatMap((issue) => {
    const reasons =
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => `${name} is no input of ${className}`)
        : [`${issue.path.map(String).join(".")} ${issue.message}`];
    return reasons.map((reason) => ({ property: "", reason }));
  });
}
