/** Tells the tokens that a run made, and whose key nobody has: the answer was lost, or the run was killed. */
import type { TokenRecord } from "../../model/accessToken";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedToken";

export interface Strays {
  /** Nobody has their keys: they are to be deleted. */
  readonly forgotten: readonly TokenRecord[];
  /** Somebody may use them: they are only named. */
  readonly doubtful: readonly TokenRecord[];
}

/** A run verifies a key within this time, and a run that was killed uses it no more. */
const VERIFIED_WITHIN_MS = 15 * 60_000;

/** The tokens that bear the resource's mark, and that its state does not know. */
export function straysOf(state: Pick<OwnedState, "nonce" | "tokenId" | "previous">, tokens: readonly TokenRecord[]) {
  const known = new Set([state.tokenId, ...state.previous.map(({ id }) => id)]);
  const unknown = tokens.filter(({ _id: id, description }) => {
    return markIn(description)?.nonce === state.nonce && !known.has(id);
  });
  // A token of a later run, where an older state was restored, has users.
  return parted(unknown, isOnlyVerified);
}

/**
 * The first tokens of a resource of the same name that no state of this stack knows: those of a creation that was killed
 * once its key was verified, or of another stack of that name in another backend. So they are only named.
 */
export function firstTokensElsewhere(
  { nonce, settings }: Pick<OwnedState, "nonce" | "settings">,
  tokens: readonly TokenRecord[],
): TokenRecord[] {
  const owner = markIn(settings.description ?? null)?.owner;
  return tokens.filter((token) => {
    const mark = markIn(token.description);
    return mark?.owner === owner && mark?.number === 1 && mark.nonce !== nonce && isOnlyVerified(token);
  });
}

/** Whether nobody has used a token since a run could verify it. */
function isOnlyVerified({ lastUsed, creationDate }: TokenRecord): boolean {
  return !lastUsed || (creationDate !== null && lastUsed - creationDate <= VERIFIED_WITHIN_MS);
}

/**
 * The tokens that bear the mark of a resource which no state knows: those of a creation that was killed.
 *
 * @param isInState whether the stack has such a resource all the same: it is being replaced, and its tokens are in use
 */
export function straysOfOwner(owner: string, tokens: readonly TokenRecord[], isInState: boolean): Strays {
  const marked = tokens.filter(({ description }) => markIn(description)?.owner === owner);
  if (isInState) return { forgotten: [], doubtful: [] };
  return parted(marked, ({ description, lastUsed }) => markIn(description)?.number === 1 && lastUsed === 0);
}

function parted(tokens: readonly TokenRecord[], isForgotten: (token: TokenRecord) => boolean): Strays {
  return {
    forgotten: tokens.filter(isForgotten),
    doubtful: tokens.filter((token) => !isForgotten(token)),
  };
}
