/** Decides whether a rotation is due, and why. */
import { isDeepStrictEqual } from "node:util";

import { formatAge } from "../model/duration";
import type { Inputs, RotateAfter } from "../model/inputs";
import { containsUnknown, type Json } from "../model/json";
import { printable } from "../model/redact";
import type { State } from "../model/state";
import { standing } from "./keyStatus";

/** The reason of the reset that comes with a new resource. */
export const FIRST_ROTATION = "first rotation by this stack";

export interface Situation {
  /** What the last run left. */
  readonly state: State;
  /** What the program asks for now. */
  readonly inputs: Pick<Inputs, "triggers" | "rotateAfter">;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Says in words why the key must be reset now, or nothing. */
type Reason = (situation: Situation) => string | undefined;

/** Every reason to rotate, in the order in which they are told. */
const reasons: readonly Reason[] = [
  // Nobody holds the current key, because LaunchDarkly's answer was lost.
  ({ state }) =>
    standing(state).kind === "lost"
      ? "the answer to the last reset was lost, so nobody holds the current key"
      : undefined,
  // The stack has never held a key.
  ({ state }) => (standing(state).kind === "never held" ? FIRST_ROTATION : undefined),
  // The stack's key is not the current one any more.
  ({ state }) => foreignReason(state),
  // The program asks for it.
  ({ state, inputs, now }) => askedReason(state, inputs, now),
];

/**
 * Why the key must be reset now, in words for the preview and the audit trail; undefined if it need not be.
 *
 * Looks at outputs only: after a failed update Pulumi keeps the old inputs beside the new outputs.
 */
export function rotationReason(
  state: State,
  inputs: Pick<Inputs, "triggers" | "rotateAfter">,
  now: number,
): string | undefined {
  return together(reasons.map((reason) => reason({ state, inputs, now })));
}

/** Why the program asks for a rotation, whatever became of the key: its triggers, or its limit of the key's age. */
export function askedReason(
  state: Pick<State, "triggers" | "lastRotatedAt" | "adoptedAt" | "baselinePending">,
  inputs: Pick<Inputs, "triggers" | "rotateAfter">,
  now: number,
): string | undefined {
  const changed = state.baselinePending ? [] : triggerChanges(state.triggers, inputs.triggers);
  const changes = changed.map(describeChange);
  return together([changes.join(", ") || undefined, ageReason(state, inputs.rotateAfter, now)]);
}

/** Several reasons as one; undefined if there is none. */
export function together(found: readonly (string | undefined)[]): string | undefined {
  return found.filter((reason) => reason !== undefined).join("; ") || undefined;
}

function foreignReason(state: State): string | undefined {
  const stands = standing(state);
  if (stands.kind !== "foreign") return undefined;
  return `rotated ${foreignOrigin(stands)} (key ending in ${String(state.lastFour)})`;
}

/** Where a key comes from that is not the stack's. */
export function foreignOrigin({ mayBeOurs }: { readonly mayBeOurs: boolean }): string {
  return mayBeOurs ? "outside Pulumi, or by a request of the stack that came late" : "outside Pulumi";
}

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

/**
 * Why the key's age asks for a rotation; undefined if it does not.
 *
 * The age counts from the last reset by the stack, or from a take-over since. How long a key that was taken over has
 * been in use before, LaunchDarkly does not say (its `lastModified` changes with a new name, too).
 *
 * @param now epoch milliseconds
 */
export function ageReason(
  { lastRotatedAt, adoptedAt }: Pick<State, "lastRotatedAt" | "adoptedAt">,
  rotateAfter: RotateAfter | undefined,
  now: number,
): string | undefined {
  const begun = [lastRotatedAt, adoptedAt].map((instant) => Date.parse(instant ?? "")).filter(Number.isFinite);
  const age = now - Math.max(...begun);
  // Infinite where the stack has never held a key.
  if (rotateAfter === undefined || !Number.isFinite(age) || age < rotateAfter.milliseconds) return undefined;
  return `${formatAge(age)} old, rotateAfter is ${rotateAfter.text}`;
}

/** Clocks of the machines that run a stack may differ, and LaunchDarkly's is believed within an hour. */
const TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Whether an instant that a run has noted lies so far ahead that its clock, or this one, must be wrong. */
export function isFromTheFuture(instant: number, now: number): boolean {
  return instant > now + TOLERANCE_MS;
}

/**
 * The instant from which a key's age would count, if it lies in the future: a run with a fast clock has written it, or
 * the clock is slow now. Nobody can tell which, so the age is not known, and asks for no rotation.
 *
 * @param now epoch milliseconds
 * @returns an ISO 8601 instant; undefined if the age is known, or does not count
 */
export function futureBeginning(
  { lastRotatedAt, adoptedAt }: Pick<State, "lastRotatedAt" | "adoptedAt">,
  rotateAfter: RotateAfter | undefined,
  now: number,
): string | undefined {
  if (rotateAfter === undefined) return undefined;
  return [lastRotatedAt, adoptedAt].find((instant) => isFromTheFuture(Date.parse(instant ?? ""), now)) ?? undefined;
}
