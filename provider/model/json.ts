/** What inputs and outputs are: JSON values, and those that Pulumi does not know yet in a preview. Has no library. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Inputs or outputs, as a host hands them over. */
export type Properties = Readonly<Record<string, unknown>>;

/** What stands in for an unknown value when Pulumi calls a provider. Source: @pulumi/pulumi, runtime/rpc, unknownValue. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The names of the inputs that are not known yet, or not all of them. */
export function unknownInputs(inputs: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  return new Set(Object.keys(inputs).filter((name) => containsUnknown(inputs[name])));
}

/** Whether a value is unknown itself or has an unknown value somewhere inside, however deep. */
export function containsUnknown(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (next === UNKNOWN_VALUE) return true;
    if (typeof next === "object" && next !== null) for (const part of Object.values(next)) rest.push(part);
  }
  return false;
}

/** Whether an input is not known at all, also as the only part of a list. */
export function isUnknownInput(value: unknown): boolean {
  return value === UNKNOWN_VALUE || (Array.isArray(value) && value.length === 1 && value[0] === UNKNOWN_VALUE);
}
