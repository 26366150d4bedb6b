/** Decides whether a rotation is due, and why. */
import { isDeepStrictEqual } from "node:util";

import { formatAge } from "../model/duration";
import type { Inputs, RotateAfter } from "../model/inputs";
import { containsUnknown, type Json } from "../model/json";
import { printable } from "../model/redact";
import type { State } from "../model/state";
import { isNear } from "./ends";
import { keyStatus } from "./keyStatus";
import { isFromTheFuture } from "./ends";

/** Why a rotation is due. */
export interface Reason {
  readonly code: ReasonCode;
  /** For people: in previews, and in the output `lastRotationReason`. */
  readonly text: string;
}

export type ReasonCode =
  /** The stack has never held a key. */
  | "first"
  /** Nobody holds the current key, because LaunchDarkly's answer was lost. */
  | "keyLost"
  /** The stack's key is not the current one any more. */
  | "foreignReset"
  /** The record is gone, or ends soon. */
  | "recordDeleted"
  | "recordEnds"
  /** There is a later record than the state's. */
  | "newerRecord"
  /** The program asks for it. */
  | "triggers"
  | "age"
  /** An input that is not known yet may ask for it, or forbid it. */
  | "unknownInput";

/** Several reasons as people are told them; empty if there is none. */
export function reasonText(reasons: readonly Reason[]): string {
  return reasons.map(({ text }) => text).join("; ");
}

/** The reason of the reset that comes with a new resource. */
export const FIRST_ROTATION: Reason = { code: "first", text: "first rotation by this stack" };

export interface Situation {
  /** What the last run left. */
  readonly state: State;
  /** What the program asks for now. */
  readonly inputs: Pick<Inputs, "triggers" | "rotateAfter" | "oldKeyExpiry">;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What may ask for a reset, in the order in which people are told. */
const askers: readonly ((situation: Situation) => readonly Reason[])[] = [
  ({ state }) => (keyStatus(state).kind === "lost" ? [KEY_LOST] : []),
  ({ state }) => (keyStatus(state).kind === "never held" ? [FIRST_ROTATION] : []),
  ({ state }) => foreignReset(state),
  endReason,
  ({ state, inputs, now }) => askedReasons(state, inputs, now),
];

const KEY_LOST: Reason = {
  code: "keyLost",
  text: "the answer to the last reset was lost, so nobody holds the current key",
};

/**
 * Why the key must be reset now; empty if it need not be.
 *
 * Looks at outputs only: after a failed update Pulumi keeps the old inputs beside the new outputs.
 */
export function rotationReasons(state: State, inputs: Situation["inputs"], now: number): readonly Reason[] {
  return askers.flatMap((asker) => asker({ state, inputs, now }));
}

/** Why the program asks for a rotation, whatever became of the key: its triggers, or its limit of the key's age. */
export function askedReasons(
  state: Pick<State, "triggers" | "lastRotatedAt" | "adoptedAt" | "baselinePending">,
  inputs: Pick<Inputs, "triggers" | "rotateAfter">,
  now: number,
): readonly Reason[] {
  const changed = state.baselinePending ? [] : triggerChanges(state.triggers, inputs.triggers);
  const triggers = changed.map(describeChange).join(", ");
  const age = ageReason(state, inputs.rotateAfter, now);
  return [
    ...(triggers === "" ? [] : [{ code: "triggers", text: triggers } as const]),
    ...(age === undefined ? [] : [age]),
  ];
}

function foreignReset(state: State): readonly Reason[] {
  const stands = keyStatus(state);
  if (stands.kind !== "foreign") return [];
  const text = `rotated ${foreignOrigin(stands)} (key ending in ${String(state.lastFour)})`;
  return [{ code: "foreignReset", text }];
}

/** An end that somebody else has set, and that is near. One that a reset has not lifted asks for no other reset. */
function endReason({ state, inputs, now }: Situation): readonly Reason[] {
  const { foreignEnd, lastRotatedAt } = state;
  if (keyStatus(state).kind === "never held" || foreignEnd === null || foreignEnd.outlastsReset) return [];
  const { at } = foreignEnd;
  if (!isNear(at, lastRotatedAt, inputs.oldKeyExpiry, now)) return [];
  return [{ code: "recordEnds", text: `${at <= now ? "expired" : "expires"} at ${new Date(at).toISOString()}` }];
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
): Reason | undefined {
  const begun = [lastRotatedAt, adoptedAt].map((instant) => Date.parse(instant ?? "")).filter(Number.isFinite);
  const age = now - Math.max(...begun);
  // Infinite where the stack has never held a key.
  if (rotateAfter === undefined || !Number.isFinite(age) || age < rotateAfter.milliseconds) return undefined;
  return { code: "age", text: `${formatAge(age)} old, rotateAfter is ${rotateAfter.text}` };
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
