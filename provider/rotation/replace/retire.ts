/**
 * Ends the records that the current one has replaced.
 *
 * The engine saves a new key only when the call returns, and the resources that use it follow after that. So a record
 * that this call has replaced gets a grace in it, and is never ended in it: the next run does that.
 */
import { LaunchDarklyError } from "../../client/errors";
import { graceStart } from "../../decisions/ends";
import { withPrevious } from "../../decisions/replace/nextState";
import { expiryToAsk, type Retirement, retirementsDue } from "../../decisions/replace/retirements";
import { describeTakenAway } from "../../messages/replace/orphans";
import * as outcome from "../../messages/replace/outcome";
import type { KeyRecord } from "../../model/answers";
import type { OwnedInputs } from "../../model/inputs";
import type { OwnedState, Previous } from "../../model/ownedState";
import { earlierNow } from "../../run/session";
import { type Context, isConfigured } from "./context";
import { ownership } from "./ownership";

export interface Retired {
  readonly state: OwnedState;
  /** What could not be done, in words. */
  readonly failures: readonly string[];
}

/**
 * Ends the records that were replaced before this call, as the program asks.
 *
 * @param found the account's records, where they were found in this call already
 */
export async function retire(
  context: Context,
  state: OwnedState,
  { oldKeyExpiry }: Pick<OwnedInputs, "oldKeyExpiry">,
  found?: readonly KeyRecord[],
): Promise<Retired> {
  const { client, host } = context.session;
  return carryOut(context, state, retirementsDue(state, oldKeyExpiry, client.now(), host.clock()), found);
}

async function carryOut(
  context: Context,
  state: OwnedState,
  due: readonly Retirement[],
  found: readonly KeyRecord[] | undefined,
): Promise<Retired> {
  const failures: string[] = [];
  let current = state;
  for (const retirement of due) {
    try {
      current = await carriedOut(context, current, retirement, found);
    } catch (error) {
      if (!(error instanceof LaunchDarklyError)) throw error;
      failures.push(outcome.describeRetirementFailure(context.credential.wording, retirement.record, error.message));
    }
  }
  return { state: current, failures };
}

/**
 * Begins the grace of the records that the current one has replaced, now that it is verified; not while a newer one is at
 * LaunchDarkly, whose key the state does not have: then the current one has replaced nothing.
 */
export async function retireReplaced(
  context: Context,
  state: OwnedState,
  inputs: Pick<OwnedInputs, "oldKeyExpiry">,
  found?: readonly KeyRecord[],
): Promise<OwnedState> {
  const { client, host } = context.session;
  if (state.newer !== null) return state;
  const replaced = new Set(state.previous.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id));
  if (replaced.size === 0) return state;
  const begin = graceStart(inputs.oldKeyExpiry, client.now(), host.clock());
  const begun = state.previous.map((record) => (replaced.has(record.id) ? { ...record, retiredAt: begin } : record));
  const begunState = { ...state, previous: begun };
  // What would end at once is left to the next run; so is what could not be done to older ones.
  const due = retirementsDue(begunState, inputs.oldKeyExpiry, client.now(), host.clock()).filter(
    ({ kind, record }) => kind === "expire" && replaced.has(record.id),
  );
  const { state: retired, failures } = await carryOut(context, begunState, due, found);
  for (const failure of failures) await host.log("warning", failure);
  for (const record of retired.previous) {
    if (replaced.has(record.id) && inputs.oldKeyExpiry.kind === "immediate") {
      await host.log("warning", outcome.describePendingEnd(context.credential.wording, record));
    }
  }
  return retired;
}

async function carriedOut(
  context: Context,
  state: OwnedState,
  retirement: Retirement,
  found: readonly KeyRecord[] | undefined,
): Promise<OwnedState> {
  const { credential, records, session } = context;
  const { wording } = credential;
  const { client, host } = session;
  const { record, at } = retirement;
  const isOwn = retirement.kind === "end" && (await isConfigured(context, record.id));
  session.assertHome();
  // Asked only now: the answer to that may be the first one of the run, which tells LaunchDarkly's clock.
  const isToCome = at !== undefined && (retirement.kind === "expire" || at > earlierNow(session));
  // What is there to be deleted is left to a later run.
  if (retirement.kind === "end" && isToCome && record.end === at) return state;
  if (isOwn && !isToCome) {
    await host.log("warning", outcome.describeOwnKey(wording, record));
    return state;
  }
  const owned = await ownership(context, state, record.id, found);
  if (owned.kind === "another's") {
    await host.log("warning", describeTakenAway([owned.record]));
    return withPrevious(state, record.id, "gone");
  }
  if (owned.kind === "gone") {
    await host.log("warning", outcome.describeAbsent(wording, record));
    return withPrevious(state, record.id, "gone");
  }
  const { expiry } = owned.record;
  // Its own clock has ended it: nothing makes the key work again.
  if (isToCome && expiry !== null && expiry <= client.now()) {
    await host.log("info", outcome.describeStaysEnded(wording, record, expiry));
    return withPrevious(state, record.id, { end: expiry, byDeletion: false, asked: at });
  }
  if (isToCome) return expire(context, state, record, owned.record, at);
  // Deleted, and not expired: an expiry that has passed may be refused, and an account may hold so many records only.
  await records.delete(record.id);
  await host.log("info", outcome.describeEnded(wording, record));
  return withEnd(withPrevious(state, record.id, "gone"), state, record, client.now());
}

async function expire(
  { credential, records, session }: Context,
  state: OwnedState,
  record: Previous,
  seen: KeyRecord,
  at: number,
): Promise<OwnedState> {
  const { wording } = credential;
  const { client, host } = session;
  const { retiredAt, isEstimate = false } = record;
  const begun = { retiredAt, isEstimate };
  const expired = await records.expire(seen, expiryToAsk(at, client.now(), host.clock()));
  switch (expired.kind) {
    case "gone":
      await session.assertAccount();
      await host.log("warning", outcome.describeAbsent(wording, record));
      return withPrevious(state, record.id, "gone");
    case "unknown":
      await host.log("warning", outcome.describeEndByDeletion(wording, record, at, expired.reason));
      return withEnd(
        withPrevious(state, record.id, { ...begun, end: at, byDeletion: true, asked: at }),
        state,
        record,
        at,
      );
    case "refused":
      throw new LaunchDarklyError("refused", outcome.withEndKept(expired.reason, expired.end));
    case "set": {
      const { end } = expired;
      const isOther = end !== at;
      const said = isOther
        ? outcome.describeOtherEnd(wording, record, end, at)
        : outcome.describeEnd(wording, record, at);
      await host.log(isOther ? "warning" : "info", said);
      const change = { ...begun, end, byDeletion: false, asked: at };
      return withEnd(withPrevious(state, record.id, change), state, record, end);
    }
  }
}

/** The output tells of the record right before the current one. */
function withEnd(after: OwnedState, before: OwnedState, { id }: Previous, end: number): OwnedState {
  const isLast = before.previous[0]?.id === id;
  return isLast ? { ...after, oldKeyExpiresAt: new Date(end).toISOString() } : after;
}
