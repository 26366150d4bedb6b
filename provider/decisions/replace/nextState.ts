/** The state of a resource that owns its credential, after what happened to a record. */
import { isDeepStrictEqual } from "node:util";

import { type KeyRecord, lastFourOf, type Settings } from "../../model/answers";
import type { ReplaceCredential } from "../../model/credential";
import type { OldKeyExpiry } from "../../model/duration";
import type { OwnedInputs } from "../../model/inputs";
import { textOf } from "../../model/mark";
import type { OwnedState, Previous } from "../../model/ownedState";
import { foreignChanges, shownSettings, textIn } from "./settings";

/** What a credential's records have that can be changed. */
type Kind = Pick<ReplaceCredential, "settings" | "exclusive">;

export interface MadeRecord {
  readonly key: string;
  readonly record: KeyRecord;
  /** Its sequence number. */
  readonly number: number;
  /** What was asked for. */
  readonly settings: Settings;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly at: number;
}

/** The state once another record is made; the one before is retired when that one is verified. */
export function withNewRecord(
  kind: Kind,
  state: OwnedState,
  { key, record, number, settings, at }: MadeRecord,
  { triggers, verify }: Pick<OwnedInputs, "triggers" | "verify">,
  reason: string,
): OwnedState {
  const { currentId, lastFour, lastUsed, isGone, foreignExpiry } = state;
  // An end that somebody else has set stands once it has come: nothing makes the key work again.
  const replaced: Previous[] =
    currentId === null || isGone
      ? []
      : [{ id: currentId, lastFour: lastFour, retiredAt: null, end: foreignExpiry, byDeletion: false, lastUsed }];
  return {
    ...state,
    key,
    currentId: record.id,
    lastFour: lastFourOf(key),
    triggers,
    oldKeyExpiresAt: null,
    lastRotatedAt: new Date(at).toISOString(),
    rotationCount: number,
    lastRotationReason: reason,
    verificationPending: verify,
    baselinePending: false,
    isGone: false,
    newer: null,
    foreignExpiry: record.expiry,
    lastUsed: record.lastUsed,
    settings,
    shown: shownSettings(kind, record),
    previous: [...replaced, ...state.previous],
  };
}

/** The state of a resource that takes over a record. */
export function takenOver(
  kind: Kind,
  empty: OwnedState,
  key: string,
  record: KeyRecord,
  { triggers }: Pick<OwnedInputs, "triggers">,
  at: number,
): OwnedState {
  const shown = shownSettings(kind, record);
  const description = textIn(shown);
  // Whosever mark it bears, it gets this resource's.
  const settings = { ...shown, ...(description !== undefined && { description: textOf(description) }) };
  return {
    ...empty,
    ...{ key, currentId: record.id, lastFour: lastFourOf(key), triggers, settings, shown },
    ...{ adoptedAt: new Date(at).toISOString(), foreignExpiry: record.expiry, lastUsed: record.lastUsed },
  };
}

/** The state after a look at the account's records. What somebody else has changed is as if it had not been set. */
export function withSeenRecords(kind: Kind, state: OwnedState, records: readonly KeyRecord[]): OwnedState {
  const byId = new Map(records.map((record) => [record.id, record]));
  const previous = state.previous.map((known): Previous => {
    const record = byId.get(known.id);
    if (record === undefined) return known;
    const end = known.byDeletion || isSame(known.end, record.expiry) ? known.end : record.expiry;
    const seen = { ...known, lastUsed: record.lastUsed ?? known.lastUsed, end };
    // What somebody else has set is not what LaunchDarkly made of what was asked for.
    if (end !== known.end) delete seen.asked;
    return seen;
  });
  const current = byId.get(state.currentId ?? "");
  if (current === undefined) return { ...state, previous };
  const settings = { ...state.settings };
  for (const { setting, is } of foreignChanges(kind, state, current)) {
    if (isDeepStrictEqual(settings[setting], is)) continue;
    if (is === undefined) Reflect.deleteProperty(settings, setting);
    else Object.assign(settings, { [setting]: is });
  }
  const { expiry: foreignExpiry } = current;
  const lastUsed = current.lastUsed ?? state.lastUsed;
  return { ...state, previous, settings, shown: shownSettings(kind, current), isGone: false, foreignExpiry, lastUsed };
}

/** LaunchDarkly may keep an expiry less exactly than it was given. */
function isSame(asked: number | null, shown: number | null): boolean {
  return asked === null || shown === null ? asked === shown : Math.abs(asked - shown) < 60_000;
}

/** The state with a previous record changed, or gone. */
export function withPrevious(state: OwnedState, id: string, change: Partial<Previous> | "gone"): OwnedState {
  const previous = state.previous.flatMap((record) => {
    if (record.id !== id) return [record];
    return change === "gone" ? [] : [{ ...record, ...change }];
  });
  return { ...state, previous };
}

/**
 * The state with records among the previous ones, so that each gets its end. An end that one has already stands. The grace
 * of any other begins as that of the current record does: when the next one is verified.
 */
export function withPreviousRecords(
  state: OwnedState,
  records: readonly KeyRecord[],
  oldKeyExpiry: OldKeyExpiry,
): OwnedState {
  const adopted = records.map(({ id, lastFour, expiry: end, lastUsed }): Previous => {
    const known = { id, lastFour, end, byDeletion: false, lastUsed };
    if (end === null || oldKeyExpiry.kind !== "duration") return { ...known, retiredAt: null };
    return { ...known, retiredAt: end - oldKeyExpiry.milliseconds, isEstimate: true };
  });
  return { ...state, previous: [...state.previous, ...adopted] };
}
