/** Watches, through a cycle of the chaos run, what becomes of the tokens of a resource that owns them. */
import type { LoggedRequest } from "../../../sandbox/requestLog";
import type { Sandbox } from "../../../sandbox/sandbox";
import { CREATE } from "../../support/ownedProvider";
import { askedEnd, type SavedTokens } from "./saved";
import { graceOf, type OwnedResource, tokensOf } from "./tokens";

export interface TokenCounts {
  created: number;
  /** Made by a request whose answer was lost or late. */
  lost: number;
  /** Given an end, or another one. */
  retired: number;
  deleted: number;
  /** Deleted because nobody had their key: no state ever held them. */
  strays: number;
}

export interface TokenWatch {
  readonly counts: TokenCounts;
  /** Says what the state holds from now on; undefined if the resource is not in it. */
  isSaved(saved: SavedTokens | undefined): void;
  /** Says that a run was killed: then one more token may be there for a while. */
  mayHaveStray(): void;
  /** Ends the watch, and tells what must not have been. */
  end(): string[];
}

/** Whether a token was made, and nobody may have got to know of it. */
export function isLostCreation({ route, fault }: LoggedRequest): boolean {
  return route === CREATE && fault !== undefined && !/^(?:delay|alter)/.test(fault);
}

export function isLateCreation({ route, fault }: LoggedRequest): boolean {
  return route === CREATE && fault?.startsWith("hold") === true;
}

const CHECK_MS = 200;

/**
 * At every moment
 *
 * - the key works that consumers hold: the one in the state since the last run, or the one that is to be taken over;
 * - a previous token works until its end, unless the program now gives it an earlier one;
 * - there is no token but those in the state and the one that is being made. After a kill, or while a token may be made
 *   late, one more may be there whose key nobody has, and no second one;
 * - no token gets an end before its successor was used with success.
 *
 * @param begun what the state holds at the beginning
 * @param isDue whether a token is to be made
 */
export function watchTokens(
  sandbox: Sandbox,
  one: OwnedResource,
  begun: SavedTokens | undefined,
  isDue: boolean,
): TokenWatch {
  const { name, inputs } = one;
  const counts: TokenCounts = { created: 0, lost: 0, retired: 0, deleted: 0, strays: 0 };
  const violations = new Set<string>();
  const everSaved = new Set(begun?.ids);
  let saved = begun;
  let held = begun?.key ?? inputs?.initialToken;
  let before = new Map(tokensOf(one, sandbox).map((token) => [token.id, token]));
  let strays = 0;
  /** Whether a token that is made in this cycle was used. After a kill it may be deleted since. */
  let hasProven = false;

  function checkKeys(): void {
    if (inputs === undefined) return;
    const now = sandbox.clock.now();
    if (held !== undefined && sandbox.store.findByKey(held, now) === undefined) {
      violations.add(`the key that consumers of ${name} hold is dead`);
    }
    const graceMs = graceOf(inputs.oldKeyExpiry);
    for (const token of saved?.previous ?? []) {
      // By whichever clock it was retired: LaunchDarkly's is another one in the next cycle.
      if (graceMs === 0 && token.retiredAt !== null) continue;
      const ends = [token.end, askedEnd(token, graceMs) ?? null].filter((end) => end !== null);
      if (Math.min(...ends) <= now) continue;
      const kept = sandbox.store.find(token.id);
      if (kept === undefined || (kept.expiry ?? Infinity) <= now) {
        violations.add(`the previous token ${token.id} of ${name} ended before its time`);
      }
    }
  }

  function compare(request: LoggedRequest): void {
    if (isLateCreation(request)) strays = 1;
    const after = tokensOf(one, sandbox);
    for (const token of after) {
      one.keys.add(token.keys[0].value);
      hasProven ||= token.lastUsed > 0 && token.id !== inputs?.initialTokenId && begun?.ids.includes(token.id) !== true;
      const old = before.get(token.id);
      if (old === undefined) {
        counts.created++;
        if (isLostCreation(request)) counts.lost++;
      } else if (old.expiry !== token.expiry) {
        counts.retired++;
        if (token.id === saved?.id && !hasProven) {
          violations.add(`the token ${token.id} of ${name} got an end before another one was proven`);
        }
      }
    }
    for (const id of before.keys()) {
      if (after.some((token) => token.id === id)) continue;
      counts.deleted++;
      if (!everSaved.has(id)) counts.strays++;
    }
    before = new Map(after.map((token) => [token.id, token]));
    const known = new Set([...(saved?.ids ?? []), inputs?.initialTokenId]);
    const unknown = after.filter(({ id }) => !known.has(id)).length;
    const isMade = !isDue || (saved?.id ?? null) !== (begun?.id ?? null);
    const allowed = (isMade ? 0 : 1) + strays;
    if (unknown > allowed) {
      violations.add(`${name} has ${unknown} tokens that are not in the state, ${allowed} allowed: ${request.route}`);
    }
  }

  function onProcessed(request: LoggedRequest): void {
    compare(request);
    checkKeys();
  }
  sandbox.events.on("processed", onProcessed);
  // A token also ends when nobody asks for anything.
  const timer = setInterval(checkKeys, CHECK_MS).unref();

  return {
    counts,
    isSaved(now) {
      saved = now;
      for (const id of now?.ids ?? []) everSaved.add(id);
      held = now?.key ?? held;
    },
    mayHaveStray() {
      strays = 1;
    },
    end() {
      sandbox.events.off("processed", onProcessed);
      clearInterval(timer);
      return [...violations];
    },
  };
}
