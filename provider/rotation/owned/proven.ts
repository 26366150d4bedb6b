/** Proves the key of an owned token, where that has still to be done. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { isAbsent } from "../../client/tokens";
import { shownSettings } from "../../decisions/owned/settings";
import {
  describeAnothersToken,
  describeCorrectedToken,
  describeLostToken,
  describeUnprovenToken,
} from "../../messages/owned/outcome";
import type { TokenRecord } from "../../model/accessToken";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { AnothersKey, verifyKey } from "../verifyKey";
import { markedToken } from "./newToken";
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
      if (error instanceof AnothersKey) return corrected(session, order, error, startedAt);
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

/**
 * The state with the token that its key belongs to, where the answer to the creation had named another one.
 *
 * @throws {PartialFailure} if that token is none of the resource's: then the next run makes another one
 */
async function corrected(session: Session, order: Order, error: AnothersKey, startedAt: number): Promise<OwnedState> {
  const { state } = order;
  const { tokenId } = error;
  const { attempt } = markIn(state.settings.description ?? null) ?? {};
  let record: TokenRecord | undefined;
  try {
    record = await markedToken(session, state, {
      tokenId,
      number: state.rotationCount,
      attempt,
      startedAt,
    });
  } catch (problem) {
    const isAnswered = problem instanceof LaunchDarklyError && problem.code === "notFound";
    if (!isAnswered) throw failureOf(order, state, describeUnprovenToken(state, (problem as Error).message));
  }
  if (record === undefined) {
    // The token in the state is not what was made, or its key is lost. The one that was made is found by its mark.
    const openAttempts = [...state.openAttempts, ...(attempt === undefined ? [] : [attempt])];
    const open = { ...state, tokenId: null, isGone: true, openMark: true, openAttempts };
    throw failureOf(order, open, describeAnothersToken(error.message));
  }
  await session.surroundings.log("warning", describeCorrectedToken(String(state.tokenId), tokenId));
  const { expiry: foreignExpiry } = record;
  return { ...state, tokenId, foreignExpiry, shown: shownSettings(record), verificationPending: false };
}
