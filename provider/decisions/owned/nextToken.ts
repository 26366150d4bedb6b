/** The state of a resource that owns its token, after what happened to a token. */
import { isDeepStrictEqual } from "node:util";

import type { TokenRecord } from "../../model/accessToken";
import { keyEnding } from "../../model/found";
import { textOf } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState, Previous, TokenSettings } from "../../model/ownedToken";
import { foreignChanges, shownSettings } from "./settings";

export interface MadeToken {
  readonly key: string;
  readonly record: TokenRecord;
  /** Its sequence number. */
  readonly number: number;
  /** What was asked for. */
  readonly settings: TokenSettings;
  /** Epoch milliseconds of LaunchDarkly's clock. */
  readonly at: number;
}

/** The state once another token is made; the one before is retired when that one is proven. */
export function withNewToken(
  state: OwnedState,
  { key, record, number, settings, at }: MadeToken,
  { triggers, verify }: Pick<OwnedInputs, "triggers" | "verify">,
  reason: string,
): OwnedState {
  const { tokenId, tokenLastFour, lastUsed, isGone, foreignExpiry } = state;
  // An end that somebody else has set stands once it has come: nothing makes the key work again.
  const replaced: Previous[] =
    tokenId === null || isGone
      ? []
      : [{ id: tokenId, lastFour: tokenLastFour, retiredAt: null, end: foreignExpiry, byDeletion: false, lastUsed }];
  return {
    ...state,
    token: key,
    tokenId: record._id,
    tokenLastFour: keyEnding(key),
    triggers,
    oldKeyExpiresAt: null,
    lastRotatedAt: new Date(at).toISOString(),
    rotationCount: number,
    lastRotationReason: reason,
    verificationPending: verify,
    isGone: false,
    newerToken: null,
    foreignExpiry: record.expiry,
    lastUsed: record.lastUsed,
    settings,
    shown: shownSettings(record),
    previous: [...replaced, ...state.previous],
  };
}

/** The state of a resource that takes over a token. */
export function takenOver(
  empty: OwnedState,
  key: string,
  record: TokenRecord,
  { triggers }: Pick<OwnedInputs, "triggers">,
  at: number,
): OwnedState {
  const shown = shownSettings(record);
  const { description } = shown;
  // Whosever mark it bears, it gets this resource's.
  const settings = { ...shown, ...(description !== undefined && { description: textOf(description) }) };
  return {
    ...empty,
    ...{ token: key, tokenId: record._id, tokenLastFour: keyEnding(key), triggers, settings, shown },
    ...{ adoptedAt: new Date(at).toISOString(), foreignExpiry: record.expiry, lastUsed: record.lastUsed },
  };
}

/** The state after a look at the account's tokens. What somebody else has changed is as if it had not been set. */
export function seenTokens(state: OwnedState, tokens: readonly TokenRecord[]): OwnedState {
  const byId = new Map(tokens.map((token) => [token._id, token]));
  const previous = state.previous.map((token): Previous => {
    const record = byId.get(token.id);
    if (record === undefined) return token;
    const end = token.byDeletion || isSame(token.end, record.expiry) ? token.end : record.expiry;
    const seen = { ...token, lastUsed: record.lastUsed ?? token.lastUsed, end };
    // What somebody else has set is not what LaunchDarkly made of what was asked for.
    if (end !== token.end) delete seen.asked;
    return seen;
  });
  const current = byId.get(state.tokenId ?? "");
  if (current === undefined) return { ...state, previous };
  const settings = { ...state.settings };
  for (const { setting, is } of foreignChanges(state, current)) {
    if (isDeepStrictEqual(settings[setting], is)) continue;
    if (is === undefined) Reflect.deleteProperty(settings, setting);
    else Object.assign(settings, { [setting]: is });
  }
  const { expiry: foreignExpiry } = current;
  const lastUsed = current.lastUsed ?? state.lastUsed;
  return { ...state, previous, settings, shown: shownSettings(current), isGone: false, foreignExpiry, lastUsed };
}

/** LaunchDarkly may keep an expiry less exactly than it was given. */
function isSame(asked: number | null, shown: number | null): boolean {
  return asked === null || shown === null ? asked === shown : Math.abs(asked - shown) < 60_000;
}

/** The state with a previous token changed, or gone. */
export function withPrevious(state: OwnedState, id: string, change: Partial<Previous> | "gone"): OwnedState {
  const previous = state.previous.flatMap((token) => {
    if (token.id !== id) return [token];
    return change === "gone" ? [] : [{ ...token, ...change }];
  });
  return { ...state, previous };
}
