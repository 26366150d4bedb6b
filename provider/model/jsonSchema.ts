/** Reads a JSON value from outside. */
import { z } from "zod";

import type { Json } from "./json";

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
