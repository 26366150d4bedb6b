/** Compares triggers with those of the last rotation and names what changed. */
import { isDeepStrictEqual } from "node:util";

import type { Json } from "../schemas/json";
import { containsUnknown } from "../schemas/unknownValue";

/**
 * Says what changed, by the keys of a map and never by its values, which may be secret.
 *
 * @returns for example `["triggers.quarter changed", "triggers.owner added"]`; empty if nothing did
 */
export function triggerChanges(before: Json, after: Json): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isMap(before) || !isMap(after)) return [describe("triggers", before ?? undefined, after ?? undefined)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map((key) => describe(`triggers.${key}`, before[key], after[key]));
}

function describe(name: string, before: Json | undefined, after: Json | undefined): string {
  if (containsUnknown(after)) return `${name} is not known yet`;
  if (before === undefined) return `${name} added`;
  if (after === undefined) return `${name} removed`;
  return `${name} changed`;
}

function isMap(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
