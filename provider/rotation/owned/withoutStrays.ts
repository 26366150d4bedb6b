/** Looks for tokens whose key nobody has before anything else is made, and deletes them. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { describeNotCreated, describeOpenMark } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { failureOf, type Order } from "./order";
import { sweep } from "./sweep";

/**
 * @param startedAt when the work began, by `elapsed`
 * @throws {PartialFailure} if there are some, or may be
 * @throws {UserError} if nothing changed, and nothing is known of any
 */
export async function withoutStrays(session: Session, order: Order, startedAt: number): Promise<OwnedState> {
  try {
    const { state, problem } = await sweep(session, order.state, startedAt);
    if (problem === undefined) return state;
    throw failureOf(order, state, describeOpenMark(problem.message));
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (order.state.openMark) throw failureOf(order, order.state, describeOpenMark(error.message));
    throw new UserError(describeNotCreated(error.message));
  }
}
