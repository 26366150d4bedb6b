/**
 * Ends the tokens that the current one has replaced.
 *
 * The engine saves a new key only when the call returns, and the resources that use it follow after that. So a token
 * that this call has replaced gets a grace in it, and is never ended in it: the next run does that.
 */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { deleteToken, expireToken } from "../../client/tokens";
import { withPrevious } from "../../decisions/owned/nextToken";
import { type Retirement, retirementsDue } from "../../decisions/owned/retirements";
import { graceStart } from "../../decisions/resetExpiry";
import * as outcome from "../../messages/owned/outcome";
import type { TokenRecord } from "../../model/accessToken";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState, Previous } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { earlierNow } from "../clocks";
import { ownership } from "./ownToken";
import { isConfigured } from "./selfRotation";

export interface Retired {
  readonly state: OwnedState;
  /** What could not be done, in words. */
  readonly failures: readonly string[];
}

/**
 * Ends the tokens that were replaced before this call, as the program asks.
 *
 * @param tokens the account's tokens, where they were found in this call already
 */
export async function retire(
  session: Session,
  state: OwnedState,
  { oldKeyExpiry }: Pick<OwnedInputs, "oldKeyExpiry">,
  tokens?: readonly TokenRecord[],
): Promise<Retired> {
  return carryOut(session, state, retirementsDue(state, oldKeyExpiry, earlierNow(session)), tokens);
}

async function carryOut(
  session: Session,
  state: OwnedState,
  due: readonly Retirement[],
  tokens: readonly TokenRecord[] | undefined,
): Promise<Retired> {
  const failures: string[] = [];
  let current = state;
  for (const retirement of due) {
    try {
      current = await carriedOut(session, current, retirement, tokens);
    } catch (error) {
      if (!(error instanceof LaunchDarklyError)) throw error;
      failures.push(outcome.describeRetirementFailure(retirement.token, error.message));
    }
  }
  return { state: current, failures };
}

/**
 * Begins the grace of the tokens that the current one has replaced, now that it is proven; not while a newer one is at
 * LaunchDarkly, whose key the state does not have: then the current one has replaced nothing.
 */
export async function retireReplaced(
  session: Session,
  state: OwnedState,
  inputs: Pick<OwnedInputs, "oldKeyExpiry">,
  tokens?: readonly TokenRecord[],
): Promise<OwnedState> {
  const { client, surroundings } = session;
  if (state.newerToken !== null) return state;
  const replaced = new Set(state.previous.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id));
  if (replaced.size === 0) return state;
  const begin = graceStart(inputs.oldKeyExpiry, client.now(), surroundings.clock());
  const begun = state.previous.map((token) => (replaced.has(token.id) ? { ...token, retiredAt: begin } : token));
  const begunState = { ...state, previous: begun };
  // What would end at once is left to the next run; so is what could not be done to older ones.
  const due = retirementsDue(begunState, inputs.oldKeyExpiry, earlierNow(session)).filter(
    ({ kind, token }) => kind === "expire" && replaced.has(token.id),
  );
  const { state: retired, failures } = await carryOut(session, begunState, due, tokens);
  for (const failure of failures) await surroundings.log("warning", failure);
  for (const token of retired.previous) {
    if (replaced.has(token.id) && inputs.oldKeyExpiry.kind === "immediate") {
      await surroundings.log("warning", outcome.describePendingEnd(token));
    }
  }
  return retired;
}

async function carriedOut(
  session: Session,
  state: OwnedState,
  retirement: Retirement,
  tokens: readonly TokenRecord[] | undefined,
): Promise<OwnedState> {
  const { client, surroundings } = session;
  const { token, at } = retirement;
  const isOwn = retirement.kind === "end" && (await isConfigured(session, token.id));
  // Asked only now: the answer to that may be the first one of the run, which tells LaunchDarkly's clock.
  const isToCome = at !== undefined && (retirement.kind === "expire" || at > earlierNow(session));
  // What is there to be deleted is left to a later run.
  if (retirement.kind === "end" && isToCome && token.end === at) return state;
  if (isOwn && !isToCome) {
    await surroundings.log("warning", outcome.describeOwnKey(token));
    return state;
  }
  const owned = await ownership(session, state, token.id, tokens);
  if (owned.kind === "another's") {
    await surroundings.log("warning", outcome.describeTakenAway([owned.record]));
    return withPrevious(state, token.id, "gone");
  }
  if (owned.kind === "gone") {
    await surroundings.log("warning", outcome.describeAbsent(token));
    return withPrevious(state, token.id, "gone");
  }
  if (isToCome) return expire(session, state, token, at);
  // Deleted, and not expired: an expiry that has passed may be refused, and an account may hold so many tokens only.
  await deleteToken(client, token.id);
  await surroundings.log("info", outcome.describeEnded(token));
  return withEnd(withPrevious(state, token.id, "gone"), state, token, client.now());
}

async function expire({ client, surroundings }: Session, state: OwnedState, token: Previous, at: number) {
  const expired = await expireToken(client, token.id, at);
  switch (expired.kind) {
    case "gone":
      await surroundings.log("warning", outcome.describeAbsent(token));
      return withPrevious(state, token.id, "gone");
    case "unknown":
      await surroundings.log("warning", outcome.describeEndByDeletion(token, at, expired.reason));
      return withEnd(withPrevious(state, token.id, { end: at, byDeletion: true }), state, token, at);
    case "set":
      await surroundings.log("info", outcome.describeEnd(token, at));
      return withEnd(withPrevious(state, token.id, { end: at, byDeletion: false }), state, token, at);
  }
}

/** The output tells of the token right before the current one. */
function withEnd(after: OwnedState, before: OwnedState, { id }: Previous, end: number): OwnedState {
  const isLast = before.previous[0]?.id === id;
  return isLast ? { ...after, oldKeyExpiresAt: new Date(end).toISOString() } : after;
}
