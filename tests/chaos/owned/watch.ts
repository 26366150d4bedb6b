/** Watches, through a cycle of the chaos run, what becomes of the tokens of a resource that owns them. */
import type { LoggedRequest } from "../../../sandbox/requestLog";
import type { Sandbox } from "../../../sandbox/sandbox";
import { ownables } from "../../support/ownable";
import { askedEnd, type SavedTokens } from "./saved";
import { graceOf, type HeldToken, isRepeatable, type OwnedResource, tokenOf, tokensOf } from "./tokens";

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

/** What becomes of the resource in the cycle. */
export interface Watched {
  /** What the state holds at the beginning. */
  readonly begun: SavedTokens | undefined;
  /** Whether a token may be made. */
  readonly mayBeMade: boolean;
  /** Whether another resource takes its place, and inherits its tokens. @default false */
  readonly isReplaced?: boolean;
  /** Whether it goes, with its tokens, and another one comes. @default false */
  readonly goes?: boolean;
}

export interface TokenWatch {
  readonly counts: TokenCounts;
  /** Says what the state holds from now on; undefined if the resource is not in it. */
  isSaved(saved: SavedTokens | undefined): void;
  /** Says that a run was killed: then one more token may be there, until the grace is over that it gets. */
  mayHaveStray(): void;
  /**
   * Says that an older state was restored, and perhaps the program with it: then one more token may be made. Consumers
   * keep the key of the later state.
   */
  isRestored(): void;
  /** Says that a person deletes a token. */
  isDeletedByHand(id: string): void;
  /** Ends the watch, and tells what must not have been. */
  end(): string[];
}

const CREATIONS = new Set(Object.values(ownables).map(({ routes }) => routes.create));

/** Whether a token was made, and nobody may have got to know of it. */
export function isLostCreation({ route, fault }: LoggedRequest): boolean {
  return CREATIONS.has(route) && fault !== undefined && !/^(?:delay|alter)/.test(fault);
}

export function isLateCreation({ route, fault }: LoggedRequest): boolean {
  return CREATIONS.has(route) && fault?.startsWith("hold") === true;
}

const CHECK_MS = 200;

/** A creation and what is seen of it are not the same moment. */
const TOLERANCE_MS = 2_000;

/**
 * At every moment
 *
 * - the key works that consumers hold: the one in the state since the last run, or the one that is to be taken over. It may
 *   die if somebody else has ended it; if the resource goes, once another one is made; and if it is replaced without a grace, or
 *   has handed it over, once another one is proven;
 * - any key that they have held works until its grace is over. That counts from when the next token was made, is the shortest
 *   that the program has given since, and whatever the state says;
 * - a previous token works until its end, unless the program now gives it an earlier one;
 * - there is no token but those that the state has had and the one that is being made. After a kill, or while a token may be
 *   made late, there may be one more for each, unless the same request may be sent twice;
 * - no token is deleted that no state ever held, but those whose answer was lost for good, and those whose end has come;
 * - no token gets an end before its successor was used with success, and none that has ended works again.
 */
export function watchTokens(sandbox: Sandbox, one: OwnedResource, watched: Watched): TokenWatch {
  const { begun, mayBeMade, isReplaced = false, goes = false } = watched;
  const { slot: name, inputs, held: everHeld, foreignEnds, over, place } = one;
  let graceMs = graceOf(inputs?.oldKeyExpiry ?? "");
  const counts: TokenCounts = { created: 0, lost: 0, retired: 0, deleted: 0, strays: 0 };
  const violations = new Set<string>();
  const everSaved = new Set(begun?.ids);
  const lost = new Set<string>();
  const deletedByHand = new Set<string>();
  const firstSeen = new Map<string, number>();
  /** What is not to end: the tokens of a resource that goes are. */
  let saved = goes ? undefined : begun;
  let held = begun?.key ?? inputs?.initial?.key;
  let before = new Map(tokensOf(one).map((token) => [token.id, token]));
  let strays = 0;
  /** Whether a token that is made in this cycle was used. After a kill it may be deleted since. */
  let hasProven = false;

  if (goes || inputs === undefined) everHeld.clear();
  shortenGraces();
  hold(inputs?.initial?.id);
  if (!goes) hold(begun?.id);

  function shortenGraces(): void {
    for (const token of everHeld.values()) token.leastGrace = Math.min(token.leastGrace, graceMs);
  }

  /** Says that consumers get the key of a token, instead of those that they have. */
  function hold(id: string | null | undefined): void {
    if (inputs === undefined || id === null || id === undefined || everHeld.has(id)) return;
    for (const token of everHeld.values()) {
      if (token.replacedAt !== undefined) continue;
      token.replacedAt = firstSeen.get(id) ?? sandbox.clock.now();
      token.leastGrace = graceMs;
    }
    everHeld.set(id, { replacedAt: undefined, leastGrace: graceMs });
  }

  function mayHaveStray(): void {
    if (!isRepeatable(one)) strays++;
  }

  const isEndedByOthers = (id: string, now: number) => (foreignEnds.get(id) ?? Infinity) <= now;

  function isAlive(id: string, now: number): boolean {
    const token = tokenOf(one, id);
    return token !== undefined && (token.expiry ?? Infinity) > now;
  }

  function mustWork(id: string, { replacedAt, leastGrace }: HeldToken, now: number): boolean {
    // By whichever clock it was to end at once: LaunchDarkly's may have been put back since.
    if (isEndedByOthers(id, now) || leastGrace === 0) return false;
    return replacedAt !== undefined && replacedAt + leastGrace - TOLERANCE_MS > now;
  }

  function checkKeys(): void {
    if (inputs === undefined) return;
    const now = sandbox.clock.now();
    const current = saved?.id ?? begun?.id;
    // Nothing tells the resource that goes from one that nobody needs: it does not wait for another one's key to be proven.
    const isLeft = goes && inputs.initial === undefined && counts.created > 0;
    const mayDie = isLeft || (hasProven && (goes || (isReplaced && graceMs === 0)));
    const isEnded = current !== undefined && current !== null && isEndedByOthers(current, now);
    if (held !== undefined && !mayDie && !isEnded && !place.accepts(held)) {
      violations.add(`the key that consumers of ${name} hold is dead`);
    }
    for (const [id, token] of everHeld) {
      // Over once and for all, also if LaunchDarkly's clock is put back later.
      if (token.replacedAt !== undefined && token.replacedAt + token.leastGrace <= now) token.leastGrace = 0;
      if (mustWork(id, token, now) && !isAlive(id, now)) {
        violations.add(`the token ${id} of ${name} is dead, which consumers have held, within its grace`);
      }
    }
    for (const token of saved?.previous ?? []) {
      // By whichever clock it was retired: LaunchDarkly's is another one in the next cycle.
      if (graceMs === 0 && (token.retiredAt !== null || isReplaced)) continue;
      const ends = [token.end, askedEnd(token, graceMs) ?? null].filter((end) => end !== null);
      if (Math.min(...ends) <= now || isEndedByOthers(token.id, now)) over.add(token.id);
      if (over.has(token.id)) continue;
      if (!isAlive(token.id, now)) violations.add(`the previous token ${token.id} of ${name} ended before its time`);
    }
  }

  function compare(request: LoggedRequest): void {
    if (isLateCreation(request)) mayHaveStray();
    const now = sandbox.clock.now();
    const after = tokensOf(one);
    for (const token of after) {
      one.keys.add(token.key);
      hasProven ||= token.isProven && token.id !== inputs?.initial?.id && begun?.ids.includes(token.id) !== true;
      const old = before.get(token.id);
      if (old === undefined) {
        firstSeen.set(token.id, now);
        counts.created++;
        if (isLostCreation(request)) {
          counts.lost++;
          lost.add(token.id);
        }
      } else if (old.expiry !== token.expiry) {
        counts.retired++;
        if (token.id === saved?.id && !hasProven) {
          violations.add(`the token ${token.id} of ${name} got an end before another one was proven`);
        }
        if ((old.expiry ?? Infinity) <= now && (token.expiry ?? Infinity) > now) {
          violations.add(`the token ${token.id} of ${name} had ended, and works again`);
        }
      }
    }
    for (const [id, { expiry = Infinity }] of before) {
      if (after.some((token) => token.id === id) || deletedByHand.has(id)) continue;
      counts.deleted++;
      if (everSaved.has(id)) continue;
      counts.strays++;
      if (inputs !== undefined && !goes && (isRepeatable(one) || !lost.has(id)) && expiry > now) {
        violations.add(`the token ${id} of ${name} was deleted, and nothing says that nobody has its key`);
      }
    }
    before = new Map(after.map((token) => [token.id, token]));
    const known = new Set([...everSaved, inputs?.initial?.id]);
    const unknown = after.filter(({ id }) => !known.has(id)).length;
    // A state without a token, as of one that takes another's place, has still to get it.
    const unmade = [null, (goes ? undefined : begun)?.id, inputs?.initial?.id];
    const isMade = !mayBeMade || !unmade.includes(saved?.id ?? null);
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
      saved = now ?? (goes ? undefined : begun);
      for (const id of now?.ids ?? []) everSaved.add(id);
      if (typeof now?.key === "string") hold(now.id);
      held = now?.key ?? held;
    },
    mayHaveStray,
    isRestored() {
      strays++;
      // The older state may not know yet that they have ended.
      const now = sandbox.clock.now();
      for (const id of everSaved) if (!isAlive(id, now)) over.add(id);
      graceMs = graceOf(one.inputs?.oldKeyExpiry ?? "");
      shortenGraces();
    },
    isDeletedByHand(id) {
      deletedByHand.add(id);
    },
    end() {
      sandbox.events.off("processed", onProcessed);
      clearInterval(timer);
      return [...violations];
    },
  };
}
