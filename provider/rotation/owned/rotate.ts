/** One rotation of an owned token: create the next one, prove it, and only then retire the one before. */
import { deleteToken } from "../../client/tokens";
import { withNewToken, withPrevious } from "../../decisions/owned/nextToken";
import { hasEnded } from "../../decisions/owned/retirements";
import { expiryProblem } from "../../decisions/resetExpiry";
import { cannotRotate } from "../../messages/owned/announcement";
import { describeCreated, describeLimit, describeNotCreated, describeOpenMark } from "../../messages/owned/outcome";
import { adviseOnOwnRotation } from "../../messages/owned/selfRotation";
import { UserError } from "../../messages/userError";
import type { OwnedState } from "../../model/ownedToken";
import { uninterrupted } from "../../run/interrupts";
import type { Session } from "../../run/session";
import { earlierNow, laterNow } from "../clocks";
import { createToken } from "./createToken";
import { failureOf, keepingKey, type Order } from "./order";
import { proven } from "./proven";
import { retire, retireReplaced } from "./retire";
import { permitOwnRotation } from "./selfRotation";
import { withoutStrays } from "./withoutStrays";

export interface RotationOrder extends Order {
  readonly reason: string;
  /** Whether it has been looked for tokens whose key nobody has, as for a new resource. */
  readonly isSwept: boolean;
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
    const before = order.isSwept ? order.state : await swept(session, order, startedAt);
    const problem = expiryProblem(inputs.oldKeyExpiry, laterNow(session));
    if (problem !== undefined) throw new UserError(cannotRotate(`oldKeyExpiry ${problem}`, reason));

    const outcome = await createToken(session, before, inputs, startedAt);
    if (outcome.kind === "failed") {
      const { error, isLimit, openMark } = outcome;
      if (openMark) throw failureOf(order, { ...before, openMark }, describeOpenMark(error.message));
      throw new UserError(isLimit ? describeLimit(error.message, before.previous) : describeNotCreated(error.message));
    }
    const created = { ...withNewToken(before, outcome.made, inputs, reason), openMark: outcome.openMark };
    progress.done.add(inputs.owner);
    return handedOn(session, { ...order, state: created }, { isOwn, startedAt });
  });
}

/** What follows once the next token is there. Whatever fails, its key is kept. */
async function handedOn(
  session: Session,
  order: RotationOrder,
  { isOwn, startedAt }: { readonly isOwn: boolean; readonly startedAt: number },
): Promise<OwnedState> {
  const { surroundings } = session;
  let { state } = order;
  try {
    await surroundings.log("info", describeCreated(state));
    state = await proven(session, order, startedAt);
    state = await withoutFailure(session, order, state);
    state = await retireReplaced(session, state, order.inputs);
    if (isOwn && state.token !== null) {
      session.authenticateWith(state.token);
      await surroundings.log("warning", adviseOnOwnRotation(state));
    }
    return state;
  } catch (error) {
    throw keepingKey(order, state, error);
  }
}

/** Deletes what earlier runs have forgotten, and the tokens that are dead: they count for the account's limit. */
async function swept(session: Session, order: RotationOrder, startedAt: number): Promise<OwnedState> {
  let state = await withoutStrays(session, order, startedAt);
  for (const token of state.previous.filter((one) => hasEnded(one, earlierNow(session)))) {
    const isDeleted = await deleteToken(session.client, token.id).then(
      () => true,
      () => false,
    );
    if (isDeleted) state = withPrevious(state, token.id, "gone");
  }
  return state;
}

/** The end of an older token is not worth failing for, now that there is a new key: the next run tries again. */
async function withoutFailure(session: Session, { inputs }: Order, state: OwnedState): Promise<OwnedState> {
  const { state: retired, failures } = await retire(session, state, inputs);
  for (const failure of failures) await session.surroundings.log("warning", failure);
  return retired;
}
