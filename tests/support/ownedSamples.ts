/** A token that a stack owns, as its state and LaunchDarkly tell of it, for tables of what follows. */
import { tokenRecordSchema, type TokenRecord } from "../../provider/credentials/tokens/token";
import { newOwnedState, type OwnedState, type Previous } from "../../provider/model/ownedState";

/** When it happens, in epoch milliseconds. */
export const AT = Date.UTC(2026, 10, 25);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();

export const nonce = "9f86d081884c7d65";
/** What the description of a token of the resource ends with, by the token's number. */
export const markOf = (number: number, of = nonce, owner = "shop/dev/ci") => `[Pulumi ${owner} ${of} #${number}]`;

/** The state after the second token. */
export function ownedState(more: Partial<OwnedState> = {}): OwnedState {
  return {
    ...newOwnedState(nonce, { serviceToken: true }),
    ...{ key: "api-0000", currentId: "t2", lastFour: "0000", rotationCount: 2, lastRotatedAt: iso(AT) },
    ...{ settings: { name: "ci", role: "writer", description: `text ${markOf(2)}` } },
    ...{ shown: { name: "ci", role: "writer", description: `text ${markOf(2)}` } },
    ...more,
  };
}

/** The token before it, retired when it was replaced. */
export function previousToken(more: Partial<Previous> = {}): Previous {
  return { id: "t1", lastFour: "ab12", retiredAt: AT, end: null, byDeletion: false, lastUsed: 0, ...more };
}

/** The current token, as LaunchDarkly shows it. */
export function tokenRecord(more: Partial<TokenRecord> = {}): TokenRecord {
  const said = { _id: "t2", token: "0000", name: "ci", role: "writer", description: `text ${markOf(2)}` };
  return { ...tokenRecordSchema.parse({ ...said, creationDate: AT, lastUsed: 0, expiry: 0 }), ...more };
}
