/** Decides what a preview may say of a rotation while Pulumi does not know every input yet. */
import { isDeepStrictEqual } from "node:util";

import type { Inputs } from "../model/inputs";
import { containsUnknown, type Json } from "../model/json";
import { together } from "./rotationReason";

export interface Prospect {
  readonly reason: string;
  /** Whether it comes whatever the inputs that are not known turn out to be. */
  readonly isCertain: boolean;
}

type Asking = Pick<Inputs, "triggers" | "rotateAfter">;

/**
 * @param unknown the names of the inputs that are not known
 * @param before the triggers of the last rotation
 * @param reasonFor why the inputs ask for a rotation; undefined if they don't
 * @returns undefined if no rotation comes
 */
export function prospect<Given extends Asking>(
  unknown: ReadonlySet<string>,
  before: Json,
  inputs: Given,
  reasonFor: (inputs: Given) => string | undefined,
): Prospect | undefined {
  const certain = reasonFor({ ...inputs, triggers: withoutUnknown(before, inputs.triggers) });
  const open = certain === undefined ? ["rotateAfter", "frozen"] : ["frozen"];
  const age = certain === undefined && unknown.has("rotateAfter") ? "rotateAfter is not known yet" : undefined;
  const asked = together([reasonFor(inputs), age]);
  if (asked === undefined) return undefined;
  const frozen = unknown.has("frozen") ? "frozen is not known yet" : undefined;
  const isCertain = certain !== undefined && !open.some((name) => unknown.has(name));
  return { reason: String(together([asked, frozen])), isCertain };
}

/** The triggers if what is not known turns out to be as it was. */
function withoutUnknown(before: Json, after: Json): Json {
  if (!containsUnknown(after) || isDeepStrictEqual(before, after)) return after;
  if (!isMap(before) || !isMap(after)) return before;
  const known = Object.entries(after).flatMap(([name, value]): [string, Json][] => {
    if (!containsUnknown(value)) return [[name, value]];
    const was = before[name];
    return was === undefined ? [] : [[name, was]];
  });
  return Object.fromEntries(known);
}

function isMap(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
