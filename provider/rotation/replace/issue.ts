/** Makes the next record as a part of a rotation, and retries until it and its key are there: carries out decisions/owned/creationStep. */
import { createOperation, processCreate } from "../../client/creation";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { retrying, type Try } from "../../client/retrying";
import { creationStep, type CreationStep, openAfter } from "../../decisions/owned/creationStep";
import { type MadeToken, withNewToken, withPrevious } from "../../decisions/owned/nextToken";
import { hasEnded } from "../../decisions/owned/retirements";
import { wantedSettings } from "../../decisions/owned/settings";
import { expiryProblem } from "../../decisions/resetExpiry";
import { cannotRotate } from "../../messages/owned/announcement";
import {
  describeCreated,
  describeLimit,
  describeNotCreated,
  describeOpenMark,
  describeUnidentified,
} from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import { newAttempt } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedState";
import type { CreateReply } from "../../model/replies";
import { earlierNow, laterNow } from "../clocks";
import { atHome } from "../home";
import { sendBlocker } from "../sendBlocker";
import type { Issued, RotationOrder } from "../strategy";
import { type Call, failureOf, type OwnedOrder } from "./call";
import { type Collected, collectOrphans, deleteMadeBy } from "./collectOrphans";
import { identified, isOdd } from "./newRecord";
import { deleteOwned } from "./ownership";

/**
 * @throws {UserError} if nothing changed
 * @throws {SavedFailure} if a record was made, or may have been, and the next run has to go on
 */
export async function issueByCreation(
  call: Call,
  order: RotationOrder<OwnedState, OwnedInputs, Collected>,
): Promise<Issued<OwnedState, Collected>> {
  const { inputs, reason, startedAt } = order;
  const { credential, session } = call;
  const { state: before, learnt } = await prepared(call, order);
  const problem = expiryProblem(inputs.oldKeyExpiry, laterNow(session));
  if (problem !== undefined) throw new UserError(cannotRotate(`oldKeyExpiry ${problem}`, reason));

  const outcome = await create(call, { inputs, state: before, startedAt }, learnt.nextNumber);
  const { openAttempt } = outcome;
  const opened = (state: OwnedState): OwnedState =>
    openAttempt === undefined
      ? state
      : { ...state, openMark: true, openAttempts: [...state.openAttempts, openAttempt] };
  if (outcome.kind === "failed") {
    const { error, isLimit } = outcome;
    if (openAttempt !== undefined) throw failureOf(call, opened(before), describeOpenMark(error.message));
    throw new UserError(isLimit ? describeLimit(error.message, before.previous) : describeNotCreated(error.message));
  }
  const state = opened(withNewToken(credential, before, outcome.made, inputs, reason));
  return { state, learnt, said: [{ severity: "info", message: describeCreated(state) }], isAfterDoubt: false };
}

/** Looks for records that the state does not know, and deletes those that are dead: they count for the account's limit. */
async function prepared(
  call: Call,
  order: RotationOrder<OwnedState, OwnedInputs, Collected>,
): Promise<{ readonly state: OwnedState; readonly learnt: Collected }> {
  const { session } = call;
  const { state: found, learnt } =
    order.learnt === undefined ? await collectOrphans(call, order) : { state: order.state, learnt: order.learnt };
  let state = atHome(found, session);
  for (const record of state.previous.filter((one) => hasEnded(one, earlierNow(session)))) {
    const isForgettable = await deleteOwned(call, state, record.id, learnt.records).then(
      () => true,
      () => false,
    );
    if (isForgettable) state = withPrevious(state, record.id, "gone");
  }
  return { state, learnt };
}

type Outcome = {
  /** The attempt by its mark, if a request of it may yet be carried out, or was and could not be undone. */
  readonly openAttempt: string | undefined;
} & (
  | { readonly kind: "created"; readonly made: MadeToken }
  | { readonly kind: "failed"; readonly error: Error; readonly isLimit: boolean }
);

/** @param number the sequence number of the record */
function create(call: Call, { state, inputs, startedAt }: OwnedOrder, number: number): Promise<Outcome> {
  const { credential, session } = call;
  const { host } = session;
  // What bears its mark, and whose key did not come here, nobody has the key of.
  const attempt = newAttempt(host.random);
  const settings = wantedSettings(state, inputs, { number, attempt });
  const operation = createOperation(credential, inputs.name, settings, state.fixed);
  const made = { number, attempt, startedAt };
  /** How many requests may be carried out yet. */
  let open = 0;

  const failed = (error: Error, isLimit = false): Outcome => ({
    kind: "failed",
    error,
    isLimit,
    openAttempt: open > 0 ? attempt : undefined,
  });

  async function send(): Promise<CreateReply> {
    const turn = await session.client.turn();
    try {
      const error = await sendBlocker(host, "the token was created");
      if (error !== undefined) return { kind: "refused", error, isLimit: false };
      const { reply, key } = await session.client.once(turn, operation);
      return processCreate(credential, operation, reply, key, session.client.now());
    } finally {
      turn.end();
    }
  }

  async function stepAfter(reply: CreateReply): Promise<Exclude<CreationStep, { kind: "identify" }>> {
    const unidentified = new LaunchDarklyError("noAnswer", describeUnidentified());
    const odd = reply.kind === "created" && isOdd(state, reply.record, made);
    const step = creationStep(reply, odd, undefined, unidentified);
    if (step.kind !== "identify") return step;
    const next = creationStep(reply, odd, await identified(call, state, step.key, made), unidentified);
    if (next.kind === "identify") throw new Error("a key is asked once");
    return next;
  }

  /** Deletes what the attempt may have left. */
  async function undo(error: Error, mayBeLate: boolean): Promise<Try<Outcome>> {
    open++;
    try {
      const { deleted, problem } = await deleteMadeBy(call, attempt, state, startedAt);
      if (problem !== undefined) return { kind: "done", result: failed(problem) };
      open = openAfter(open, deleted, mayBeLate);
    } catch (other) {
      return { kind: "done", result: failed(other as Error) };
    }
    return { kind: "again", isRateLimited: false, otherwise: () => failed(error) };
  }

  return retrying<Outcome>(host, startedAt, async (): Promise<Try<Outcome>> => {
    const step = await stepAfter(await send());
    switch (step.kind) {
      case "keep": {
        const { key, record, at } = step;
        const openAttempt = open > 0 ? attempt : undefined;
        return { kind: "done", result: { kind: "created", made: { key, record, number, at, settings }, openAttempt } };
      }
      case "fail":
        return { kind: "done", result: failed(step.error, step.isLimit) };
      case "retry":
        return { kind: "again", isRateLimited: step.isRateLimited, otherwise: () => failed(step.error) };
      case "undo":
        return undo(step.error, step.mayBeLate);
    }
  });
}
