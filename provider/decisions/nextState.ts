/** The state after a rotation, or after one whose outcome the next run has to deal with. */
import type { AccessToken } from "../model/accessToken";
import type { Json } from "../model/json";
import { type State, stateSchema } from "../model/state";
import { resolveLostReset } from "./lostReset";
import { isForeign } from "./rotationReason";
import type { SentReset } from "./resetStep";

/** The state of a token that this stack has not rotated yet. */
export function initialState(tokenId: string, triggers: Json, found: AccessToken): State {
  return { ...stateSchema.parse({ tokenId, triggers }), ...metadata(found) };
}

/**
 * The state of a token whose key this stack has taken over without a reset.
 *
 * @param at epoch milliseconds of LaunchDarkly's clock
 */
export function adoptedState(tokenId: string, triggers: Json, key: string, found: AccessToken, at: number): State {
  return { ...initialState(tokenId, triggers, found), token: key, adoptedAt: instant(at) };
}

/** What LaunchDarkly says of the token, as outputs. Nothing here asks for a rotation but other last four characters. */
export function metadata(found: AccessToken) {
  const { lastFour: tokenLastFour, customRoleIds, ...said } = found;
  return { tokenLastFour, customRoleIds: customRoleIds ?? [], ...said };
}

/** The state after a look at the token: with LaunchDarkly's word, and with a reset in doubt resolved by it. */
export function refreshedState(state: State, found: AccessToken): State {
  const seen = { ...resolveLostReset(state, found), ...metadata(found) };
  // Once it has come, it stays the likely reason of another key than the stack's.
  return { ...seen, lateResetPossible: state.lateResetPossible && isForeign(seen) };
}

export interface Rotation {
  readonly triggers: Json;
  readonly reason: string;
  /** The new key. */
  readonly key: string;
  /** What LaunchDarkly said of the token in the same answer, as far as it was readable. */
  readonly token: AccessToken;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly at: number;
  /** Epoch milliseconds; undefined for immediately. */
  readonly expiry: number | undefined;
  readonly verify: boolean;
  readonly lateResetPossible: boolean;
}

/** The state after a reset that revealed a key. */
export function rotatedState(
  state: State,
  { triggers, reason, key, token, at, expiry, verify, lateResetPossible }: Rotation,
): State {
  return {
    ...state,
    ...metadata(token),
    // An answer may leave these out; what is known already is worth more than nothing.
    name: token.name ?? state.name,
    role: token.role ?? state.role,
    customRoleIds: token.customRoleIds ?? state.customRoleIds,
    serviceToken: token.serviceToken ?? state.serviceToken,
    defaultApiVersion: token.defaultApiVersion ?? state.defaultApiVersion,
    lastModified: token.lastModified ?? at,
    triggers,
    token: key,
    tokenLastFour: key.slice(-4),
    oldKeyExpiresAt: endOfHeldKey(state, expiry ?? at),
    lastRotatedAt: instant(at),
    rotationCount: state.rotationCount + 1,
    lastRotationReason: reason,
    verificationPending: verify,
    keyRefused: false,
    lateResetPossible,
    lostReset: null,
  };
}

/** The state after a reset whose answer was lost. It keeps the triggers of the last rotation that worked. */
export function lostState(state: State, { sentAt, expiry }: SentReset, token: AccessToken | undefined): State {
  return {
    ...state,
    ...(token && metadata(token)),
    ...(token && { oldKeyExpiresAt: endOfHeldKey(state, expiry ?? sentAt) }),
    // What is known is not forgotten over another reset in doubt.
    lostReset: { sentAt, expiry: expiry ?? null, processed: token || state.lostReset?.processed ? true : null },
  };
}

/**
 * When the key dies that people hold. After a lost reset that is not the key which the next reset replaces: they hold
 * the one before, and that one's end stands.
 */
function endOfHeldKey({ lostReset, oldKeyExpiresAt }: State, end: number): string {
  const standing = lostReset?.processed ? Date.parse(oldKeyExpiresAt ?? "") : Number.NaN;
  return instant(Number.isNaN(standing) ? end : Math.min(standing, end));
}

function instant(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}
