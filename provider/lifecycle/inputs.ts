/** Reads the raw inputs that Pulumi sends. */
import type { CheckFailure } from "@pulumi/pulumi/dynamic";
import type { ZodError } from "zod";

import { type Inputs, inputsSchema } from "../model/inputs";
import { type Properties, PROVIDER_PROPERTY } from "../model/properties";

/** @returns the inputs, or everything that is wrong with them */
export function validateInputs(properties: Properties): { inputs: Inputs } | { failures: CheckFailure[] } {
  const parsed = inputsSchema.safeParse(withoutProvider(properties));
  return parsed.success ? { inputs: parsed.data } : { failures: failures(parsed.error) };
}

/** Reads inputs that have passed check. */
export function readInputs(properties: Properties): Inputs {
  return inputsSchema.parse(withoutProvider(properties));
}

function withoutProvider(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== PROVIDER_PROPERTY));
}

/** Every problem, each naming its input in the text: a property would make Pulumi print the value, perhaps a secret. */
function failures(error: ZodError): CheckFailure[] {
  return error.issues.flatMap((issue) => {
    const reasons =
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => `${name} is no input of AccessTokenRotation`)
        : [`${issue.path.map(String).join(".")} ${issue.message}`];
    return reasons.map((reason) => ({ property: "", reason }));
  });
}
