/** Proves the key of an owned token, where that has still to be done. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { isAbsent } from "../../client/tokens";
import { describeLostToken, describeUnprovenToken } from "../../messages/owned/outcome";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { verifyKey } from "../verifyKey";
import { failureOf, type Order } from "./order";

/**
 * @param startedAt when the work began, by `elapsed`
 * @returns the state, with nothing left to verify
 * @throws {PartialFailure} if the key does not work
 */
export async function proven(session: Session, order: Order, startedAt: number): Promise<OwnedState> {
  const { state, inputs } = order;
  const { token, tokenId } = state;
  if (state.verificationPending && inputs.verify && token !== null && tokenId !== null) {
    try {
      await verifyKey(session, token, tokenId, startedAt);
    } catch (error) {
      const isRefused = error instanceof LaunchDarklyError && error.code === "unauthorized";
      if (isRefused && (await isAbsent(session.client, tokenId))) {
        const gone = { ...state, isGone: true };
        throw failureOf(order, gone, describeLostToken());
      }
      throw failureOf(order, state, describeUnprovenToken(state, (error as Error).message));
    }
  }
  return { ...state, verificationPending: false };
}
