/** One rotation of an owned token: create the next one, prove it, and only then retire the one before. */
import { withNewToken, withPrevious } from "../../decisions/owned/nextToken";
import { hasEnded } from "../../decisions/owned/retirements";
import { expiryProblem } from "../../decisions/resetExpiry";
import { cannotRotate } from "../../messages/owned/announcement";
import { describeCreated, describeLimit, describeNotCreated, describeOpenMark } from "../../messages/owned/outcome";
import { adviseOnOwnRotation } from "../../messages/owned/selfRotation";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import type { OwnedState } from "../../model/ownedToken";
import { uninterrupted } from "../../run/interrupts";
import type { Session } from "../../run/session";
import { earlierNow, laterNow } from "../clocks";
import { type Collected, collectOrphans } from "./collectOrphans";
import { createToken } from "./createToken";
import { failureOf, type Order } from "./order";
import { deleteOwned } from "./ownToken";
import { proven } from "./proven";
import { retire, retireReplaced } from "./retire";
import { permitOwnRotation } from "./selfRotation";

export interface RotationOrder extends Order {
  readonly reason: string;
  /** What was found of the account's tokens already. */
  readonly collected?: Collected;
}

/**
 * @returns the new state
 * @throws {UserError} if nothing changed
 * @throws {PartialFailure} if a token was created, or may have been, and the next run has to go on
 */
export async function rotateOwned(session: Session, order: RotationOrder): Promise<OwnedState> {
  const { inputs, reason } = order;
  const { progress, surroundings } = session;
  progress.due.add(inputs.owner);
  // An interrupt may end it: nothing is sent yet that changes anything.
  const isOwn = await permitOwnRotation(session, order.state, inputs);
  return uninterrupted(async () => {
    const startedAt = surroundings.elapsed();
    const { state: before, tokens, nextNumber } = await prepared(session, order, startedAt);
    const problem = expiryProblem(inputs.oldKeyExpiry, laterNow(session));
    if (problem !== undefined) throw new UserError(cannotRotate(`oldKeyExpiry ${problem}`, reason));

    const outcome = await createToken(session, before, inputs, nextNumber, startedAt);
    const opened = (state: OwnedState): OwnedState => {
      const { openAttempt } = outcome;
      if (openAttempt === undefined) return state;
      return { ...state, openMark: true, openAttempts: [...state.openAttempts, openAttempt] };
    };
    if (outcome.kind === "failed") {
      const { error, isLimit, openAttempt } = outcome;
      if (openAttempt !== undefined) throw failureOf(order, opened(before), describeOpenMark(error.message));
      throw new UserError(isLimit ? describeLimit(error.message, before.previous) : describeNotCreated(error.message));
    }
    const created = opened(withNewToken(before, outcome.made, inputs, reason));
    progress.done.add(inputs.owner);
    await surroundings.log("info", describeCreated(created));

    const state = await proven(session, { ...order, state: created }, startedAt);
    const retired = await retireReplaced(session, await withoutFailure(session, order, state, tokens), inputs, tokens);
    if (isOwn && retired.token !== null) {
      session.authenticateWith(retired.token);
      await surroundings.log("warning", adviseOnOwnRotation(retired));
    }
    return retired;
  });
}

/** Looks for tokens that the state does not know, and deletes those that are dead: they count for the account's limit. */
async function prepared(session: Session, order: RotationOrder, startedAt: number): Promise<Collected> {
  const collected = order.collected ?? (await collectOrphans(session, order, startedAt));
  let { state } = collected;
  for (const token of state.previous.filter((one) => hasEnded(one, earlierNow(session)))) {
    const isForgettable = await deleteOwned(session, state, token.id, collected.tokens).then(
      () => true,
      () => false,
    );
    if (isForgettable) state = withPrevious(state, token.id, "gone");
  }
  return { ...collected, state };
}

/** The end of an older token is not worth failing for, now that there is a new key: the next run tries again. */
async function withoutFailure(
  session: Session,
  { inputs }: Order,
  state: OwnedState,
  tokens: readonly TokenRecord[],
): Promise<OwnedState> {
  const { state: retired, failures } = await retire(session, state, inputs, tokens);
  for (const failure of failures) await session.surroundings.log("warning", failure);
  return retired;
}
