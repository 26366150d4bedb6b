/** Compares triggers with those of the last rotation and names what changed. */
import { isDeepStrictEqual } from "node:util";

import type { Json } from "../model/json";
import { printable } from "../model/printable";
import { containsUnknown } from "../model/unknownValue";

export interface TriggerChange {
  /** Such as `triggers.quarter`; `triggers` where they are no map. */
  readonly name: string;
  readonly change: "changed" | "added" | "removed" | "is not known yet";
}

/** Says what changed, by the keys of a map, made fit to print, and never by its values, which may be secret. */
export function triggerChanges(before: Json, after: Json): TriggerChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isMap(before) || !isMap(after)) return [compare("triggers", before ?? undefined, after ?? undefined)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map((key) => compare(`triggers.${printable(key)}`, before[key], after[key]));
}

/** In words, such as `triggers.quarter changed`. */
export function describeChange({ name, change }: TriggerChange): string {
  return `${name} ${change}`;
}

function compare(name: string, before: Json | undefined, after: Json | undefined): TriggerChange {
  if (containsUnknown(after)) return { name, change: "is not known yet" };
  if (before === undefined) return { name, change: "added" };
  if (after === undefined) return { name, change: "removed" };
  return { name, change: "changed" };
}

function isMap(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
