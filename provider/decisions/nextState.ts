/** The state after a rotation, or after one whose outcome the next run has to deal with. */
import { type Found, lastFourOf } from "../model/answers";
import type { Json } from "../model/json";
import { type Details, type Identity, type OpenReset, recordSchema, type State } from "../model/state";
import { foreignEndAfter } from "./ends";
import { keyStatus } from "./keyStatus";
import { type SentReset, wasProcessed } from "./resetStep";

/** The state of a credential that this stack has not rotated yet. */
export function initialState(identity: Identity, triggers: Json, found: Found, nothingSaid: Details): State {
  const record = recordSchema.parse({ triggers });
  return { ...record, identity, key: null, ...shown(record, found), details: completed(nothingSaid, found) };
}

/**
 * The state of a credential whose key this stack has taken over without a reset.
 *
 * @param at epoch milliseconds of LaunchDarkly's clock
 */
export function takenOverState(initial: State, key: string, at: number): State {
  return { ...initial, key, lastFour: lastFourOf(key), adoptedAt: instant(at) };
}

/** The state after a look: with LaunchDarkly's word, and with a reset in doubt resolved by it. */
export function seenState(state: State, found: Found, nothingSaid: Details, at: number): State {
  const resolved = resolveLostReset(state, found);
  const seen = { ...resolved, ...shown(state, found), details: completed(nothingSaid, found) };
  if (found.key !== null) return withReadKey(state, { ...seen, key: found.key }, at);
  // Once it has come, it stays the likely reason of another key than the stack's.
  return { ...seen, lateResetPossible: state.lateResetPossible && keyStatus(seen).kind === "foreign" };
}

/** A key that can be read is never lost: another one than the stack's is the stack's from now on. */
function withReadKey(before: State, seen: State & { readonly key: string }, at: number): State {
  const settled = { ...seen, lostReset: null, lateResetPossible: false, openReset: null };
  if (seen.key === before.key) return settled;
  const { openReset } = before;
  if (openReset === null) return { ...settled, adoptedAt: instant(at), oldKeyExpiresAt: null };
  const { triggers, reason, sentAt, expiry } = openReset;
  return { ...settled, triggers, ...audit(before, reason, sentAt), oldKeyExpiresAt: instant(expiry ?? sentAt) };
}

/** The state with its lost reset resolved, as far as it was in doubt. */
export function resolveLostReset(state: State, found: Found): State {
  const { lostReset } = state;
  if (lostReset === null || lostReset.processed) return state;
  if (!wasProcessed(state, lostReset.sentAt, found)) return { ...state, lostReset: null };
  const oldKeyExpiresAt = instant(lostReset.expiry ?? lostReset.sentAt);
  return { ...state, oldKeyExpiresAt, lostReset: { ...lostReset, processed: true } };
}

export interface Rotation {
  readonly triggers: Json;
  readonly reason: string;
  /** The new key. */
  readonly key: string;
  /** What LaunchDarkly said in the same answer, as far as it was readable. */
  readonly found: Found;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly at: number;
  /** Epoch milliseconds; undefined for immediately. */
  readonly expiry: number | undefined;
  readonly verify: boolean;
  readonly lateResetPossible: boolean;
}

/** The state after a reset that revealed a key. */
export function rotatedState(state: State, rotation: Rotation): State {
  const { triggers, reason, key, found, at, expiry, verify, lateResetPossible } = rotation;
  return {
    ...state,
    // An answer may omit some. Then keep what is known.
    details: completed(state.details, found),
    lastModified: found.lastModified ?? at,
    // One that the answer does not show is no end that is lifted.
    foreignEnd: foreignEndAfter(state.foreignEnd, found.expiry ?? state.foreignEnd?.at, true),
    triggers,
    key,
    lastFour: lastFourOf(key),
    oldKeyExpiresAt: endOfHeldKey(state, expiry ?? at),
    ...audit(state, reason, at),
    verificationPending: verify,
    baselinePending: false,
    keyRefused: false,
    lateResetPossible,
    lostReset: null,
    openReset: null,
  };
}

/**
 * The state after a look that followed a reset: whether the end that somebody else has set is still there.
 *
 * @param before what was known before the reset
 */
export function endSeenState(state: State, before: Pick<State, "foreignEnd">, { expiry }: Found): State {
  return { ...state, foreignEnd: foreignEndAfter(before.foreignEnd, expiry, true) };
}

/** The state after a reset whose answer was lost. It keeps the triggers of the last rotation that worked. */
export function lostState(state: State, { sentAt, expiry }: SentReset, found: Found | undefined): State {
  return {
    ...state,
    ...(found && { ...shown(state, found), details: completed(state.details, found) }),
    ...(found && { oldKeyExpiresAt: endOfHeldKey(state, expiry ?? sentAt) }),
    // Another reset in doubt does not erase what is known.
    lostReset: { sentAt, expiry: expiry ?? null, processed: found || state.lostReset?.processed ? true : null },
  };
}

/** The state with what a rotation is to be recorded with if its reset turns out to have been carried out. */
export function withOpenReset(state: State, order: Pick<OpenReset, "triggers" | "reason">, sent: SentReset): State {
  return { ...state, openReset: { ...order, sentAt: sent.sentAt, expiry: sent.expiry ?? null } };
}

/** What LaunchDarkly shows of the current key, and of the record's end. */
function shown(
  { foreignEnd }: Pick<State, "foreignEnd">,
  { lastFour: ending, lastModified, expiry }: Found,
): Pick<State, "lastFour" | "lastModified" | "foreignEnd"> {
  return { lastFour: ending, lastModified, foreignEnd: foreignEndAfter(foreignEnd, expiry, false) };
}

function completed(known: Details, { details }: Found): Details {
  return { ...known, ...Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null)) };
}

function audit({ rotationCount }: State, reason: string, at: number) {
  return { lastRotatedAt: instant(at), rotationCount: rotationCount + 1, lastRotationReason: reason };
}

/**
 * When the key dies that people hold. After a lost reset that is not the key which the next reset replaces: they hold
 * the one before, and that one's end stands.
 */
function endOfHeldKey({ lostReset, oldKeyExpiresAt }: State, end: number): string {
  const promised = lostReset?.processed ? Date.parse(oldKeyExpiresAt ?? "") : Number.NaN;
  return instant(Number.isNaN(promised) ? end : Math.min(promised, end));
}

function instant(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}
