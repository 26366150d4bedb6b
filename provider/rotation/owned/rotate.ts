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
import { atHome } from "../home";
import { type Collected, collectOrphans } from "./collectOrphans";
import { createToken } from "./createToken";
import { failureOf, keepingKey, type Order } from "./order";
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
export async function rotateOwned(session: Session, asked: RotationOrder): Promise<OwnedState> {
  const { inputs, reason } = asked;
  const { progress, surroundings } = session;
  progress.due.add(inputs.owner);
  // An interrupt may end it: nothing is sent yet that changes anything.
  const isOwn = await permitOwnRotation(session, asked.state, inputs);
  const order = { ...asked, state: atHome(asked.state, session) };
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
    return handedOn(session, { ...order, state: created }, { isOwn, startedAt, tokens });
  });
}

/** What follows once the next token is there. Whatever fails, its key is kept. */
async function handedOn(
  session: Session,
  order: RotationOrder,
  { isOwn, startedAt, tokens }: Pick<Collected, "tokens"> & { readonly isOwn: boolean; readonly startedAt: number },
): Promise<OwnedState> {
  const { surroundings } = session;
  let { state } = order;
  try {
    await surroundings.log("info", describeCreated(state));
    state = await proven(session, order, startedAt);
    state = await withoutFailure(session, order, state, tokens);
    state = await retireReplaced(session, state, order.inputs, tokens);
    if (isOwn && state.token !== null) {
      session.authenticateWith(state.token);
      await surroundings.log("warning", adviseOnOwnRotation(state));
    }
    return state;
  } catch (error) {
    throw keepingKey(order, state, error);
  }
}

/** Looks for tokens that the state does not know, and deletes those that are dead: they count for the account's limit. */
async function prepared(session: Session, order: RotationOrder, startedAt: number): Promise<Collected> {
  const collected = order.collected ?? (await collectOrphans(session, order, startedAt));
  let state = atHome(collected.state, session);
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
