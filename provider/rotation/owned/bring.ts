/** Brings an owned token to what the program asks for: rotates it if that is due, or does what is left to do. */
import { dueToken } from "../../decisions/owned/dueToken";
import { retirementProblem } from "../../decisions/owned/retirements";
import { cannotEnd } from "../../messages/owned/announcement";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { earlierNow } from "../clocks";
import { withChangedSettings } from "./changeSettings";
import { collectOrphans } from "./collectOrphans";
import { failureOf, type Order } from "./order";
import { proven } from "./proven";
import { retire, retireReplaced } from "./retire";
import { rotateOwned } from "./rotate";

/**
 * Decides anew what is due: Pulumi also calls update after a failed run, whatever diff said.
 *
 * @throws {UserError} as `rotateOwned` does
 * @throws {PartialFailure} if something is left to do
 */
export async function bringOwned(session: Session, order: Order): Promise<OwnedState> {
  const { inputs } = order;
  const { surroundings } = session;
  const reason = dueToken(order.state, inputs, surroundings.clock());
  if (reason !== undefined && !inputs.frozen) return rotateOwned(session, { ...order, reason });

  const startedAt = surroundings.elapsed();
  const problem = retirementProblem(order.state, inputs.oldKeyExpiry, earlierNow(session));
  if (problem !== undefined) throw new UserError(cannotEnd(`oldKeyExpiry ${problem}`));
  // First, because it may be what stops a leak.
  const { state: retired, failures } = await retire(session, order.state, inputs);
  if (failures.length > 0) throw failureOf(order, retired, failures.join("\n"));
  let state = retired;
  let tokens: readonly TokenRecord[] | undefined;
  if (retired.openMark) {
    const collected = await collectOrphans(session, { ...order, state: retired }, startedAt);
    ({ state, tokens } = collected);
    const found = dueToken(state, inputs, surroundings.clock());
    if (found !== undefined && !inputs.frozen) {
      return rotateOwned(session, { ...order, state, reason: found, collected });
    }
  }
  const changed = await withChangedSettings(session, { ...order, state });
  const done = await proven(session, { ...order, state: changed }, startedAt);
  return retireReplaced(session, done, inputs, tokens);
}
