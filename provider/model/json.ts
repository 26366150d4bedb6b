/** JSON values, as inputs and outputs are, and those that Pulumi does not know yet in a preview. */
import { z } from "zod";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** How deep lists and objects may be nested. Comparing, storing and sending a value takes a call for each level. */
export const DEEPEST_NESTING = 1_000;

/** Passes the value on as it is; a copy made by zod would lack a key such as `__proto__`. */
export const jsonSchema = z.custom<Json>(isJson, {
  error: `must be a JSON value, nested ${DEEPEST_NESTING} levels deep at most`,
});

/** Level by level, because a value that is nested too deeply for one call inside another must be refused as well. */
function isJson(value: unknown): value is Json {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_NESTING || !level.every(isOfJson)) return false;
    level = level.flatMap(partsOf);
  }
  return true;
}

function isOfJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null)
    return ["string", "boolean"].includes(typeof value) || value === null;
  return Array.isArray(value) || z.util.isPlainObject(value);
}

function partsOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

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
