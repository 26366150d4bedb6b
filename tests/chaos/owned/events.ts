/** What befalls the resources of a chaos run that own their token, and whether another token is due then. */
import type { Sandbox } from "../../../sandbox/sandbox";
import { isEmpty, type Saved } from "../savedRotations";
import type { OwnedEvent, OwnedPlan } from "./plan";
import { type SavedTokens, savedTokens } from "./saved";
import { type CurrentToken, isRepeatable, type OwnedResource, savedOf, tokenOf } from "./tokens";

/** What a state holds, by the resources' names. */
export type Readings = ReadonlyMap<string, Saved>;

/** Whether a token is to be made; "perhaps" where chance decides. */
export type Due = "yes" | "no" | "perhaps";

export const REPLACING: readonly (OwnedEvent | undefined)[] = ["taint", "replace", "parents"];

export const GOING: readonly (OwnedEvent | undefined)[] = ["move", "handOver"];

/** Whether another resource comes in the place of the one that there is. */
export function comesNew(event: OwnedEvent | undefined): boolean {
  return REPLACING.includes(event) || GOING.includes(event);
}

/** What befalls a resource: nothing, if it is not in the stack, or has no token yet. */
export function eventOf(
  one: OwnedResource,
  plan: OwnedPlan | undefined,
  current: CurrentToken | undefined,
): OwnedEvent | undefined {
  const turn = plan?.turns.find(({ name }) => name === one.slot);
  const isThere = turn?.leaves === false && one.inputs !== undefined && typeof current?.key === "string";
  if (!isThere) return undefined;
  // Nobody can hand over a key that is dead, or dies in this cycle by one of the clocks.
  const end = one.foreignEnds.get(current.id ?? "") ?? Infinity;
  return turn.event === "handOver" && end <= Date.now() + HOUR_MS ? "move" : turn.event;
}

const HOUR_MS = 3_600_000;

/**
 * Has consumers use the keys that they hold, long after these were made: a cycle is short, and stands for days. Of half of
 * them LaunchDarkly does not say so: nobody knows how promptly it does.
 */
export function useTokens(resources: readonly OwnedResource[], before: Readings, isTold = isOfHalf): void {
  for (const one of resources) {
    for (const id of readingOf(one, before)?.ids ?? []) {
      if (tokenOf(one, id) !== undefined && isTold(id)) one.place.use(id);
    }
  }
}

const isOfHalf = (id: string) => id.charCodeAt(id.length - 1) % 2 === 0;

/** Far enough from a current token's end that no run makes another one for it. */
const FAR_MS = 30 * 24 * HOUR_MS;

/** Has somebody else give current tokens an end. */
export function endTokens(
  { openQuestions }: Sandbox,
  resources: readonly OwnedResource[],
  before: Readings | undefined,
  plan: OwnedPlan | undefined,
): boolean {
  let isAny = false;
  for (const one of resources) {
    const current = readingOf(one, before);
    const event = eventOf(one, plan, current);
    if (one.credential.isAccessToken && !openQuestions.knowsTokenExpiry) continue;
    const token = tokenOf(one, current?.id ?? "");
    const inMs = { ended: -2 * HOUR_MS, endsSoon: 3 * HOUR_MS, endsLate: FAR_MS }[String(event)];
    if (inMs === undefined || token === undefined) continue;
    isAny = true;
    const expiry = Math.floor(Date.now() / 1_000) * 1_000 + inMs;
    one.place.end(token.id, expiry);
    one.foreignEnds.set(token.id, expiry);
  }
  return isAny;
}

export function readingOf(one: OwnedResource, state: Readings | undefined): SavedTokens | undefined {
  const saved = savedOf(one, state);
  return saved === undefined || isEmpty(saved) ? undefined : savedTokens(saved, one.credential);
}

/** @param current what the state holds, if the program has the resource already */
export function dueOf(
  one: OwnedResource,
  current: SavedTokens | undefined,
  event: OwnedEvent | undefined,
  rotates: boolean,
): Due {
  const { inputs, foreignEnds } = one;
  if (inputs === undefined) return "no";
  const isGiven = inputs.initial !== undefined;
  if (current === undefined || event === "move" || event === "parents") return isGiven ? "no" : "yes";
  const end = foreignEnds.get(current.id ?? "") ?? Infinity;
  const isNear = end < Date.now() + FAR_MS - 24 * HOUR_MS;
  if (event === "handOver") return isNear ? "perhaps" : "no";
  const isEnded = end <= Date.now();
  // Where the same rotation makes the same key, a replacement for nothing else keeps it.
  if (event === "taint" && isRepeatable(one)) return "perhaps";
  if (event === "taint") return isGiven && !isEnded ? "no" : "yes";
  // Only the first run is asked to, so that a run after it may go on with the old one.
  if (event === "replace" && isGiven) return rotates ? "perhaps" : "no";
  if (isEnded || rotates) return "yes";
  return event === "replace" || isNear ? "perhaps" : "no";
}
