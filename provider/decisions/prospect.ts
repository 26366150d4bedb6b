/** Decides what a preview may say of a rotation while Pulumi does not know every input yet. */
import { isDeepStrictEqual } from "node:util";

import type { Inputs } from "../model/inputs";
import { containsUnknown, type Json } from "../model/json";
import type { Reason } from "./rotationReason";

export interface Prospect {
  readonly reasons: readonly Reason[];
  /** Whether it comes whatever the inputs that are not known turn out to be. */
  readonly isCertain: boolean;
}

type Asking = Pick<Inputs, "triggers" | "rotateAfter">;

/**
 * @param unknown the names of the inputs that are not known
 * @param before the triggers of the last rotation
 * @param reasonsFor why the inputs ask for a rotation; empty if they don't
 * @returns undefined if no rotation comes
 */
export function prospect<Given extends Asking>(
  unknown: ReadonlySet<string>,
  before: Json,
  inputs: Given,
  reasonsFor: (inputs: Given) => readonly Reason[],
): Prospect | undefined {
  const isAsked = reasonsFor({ ...inputs, triggers: withoutUnknown(before, inputs.triggers) }).length > 0;
  const asked = [...reasonsFor(inputs), ...(isAsked ? [] : openInput(unknown, "rotateAfter"))];
  if (asked.length === 0) return undefined;
  const frozen = openInput(unknown, "frozen");
  return { reasons: [...asked, ...frozen], isCertain: isAsked && frozen.length === 0 };
}

function openInput(unknown: ReadonlySet<string>, name: "rotateAfter" | "frozen"): readonly Reason[] {
  return unknown.has(name) ? [{ code: "unknownInput", text: `${name} is not known yet` }] : [];
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
