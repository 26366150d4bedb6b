/** The answer to a creation had named another record than the one that its key belongs to. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { shownSettings, textIn } from "../../decisions/replace/settings";
import { describeAnothersKey, describeCorrectedRecord, describeUnprovenKey } from "../../messages/replace/outcome";
import { markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import type { KeyRecord } from "../../model/record";
import type { AnothersKey } from "../verify";
import { type Call, failureOf, type OwnedOrder } from "./call";
import { markedRecord } from "./newRecord";

/**
 * @returns the state with the record that its key belongs to
 * @throws {SavedFailure} if that one is none of the resource's: then the next run makes another one
 */
export async function corrected(call: Call, { state, startedAt }: OwnedOrder, error: AnothersKey): Promise<OwnedState> {
  const { credential, session } = call;
  const { tokenId: id } = error;
  const { attempt } = markIn(textIn(state.settings) ?? null) ?? {};
  let record: KeyRecord | undefined;
  try {
    record = await markedRecord(call, state, { id, number: state.rotationCount, attempt, startedAt });
  } catch (problem) {
    const isAnswered = problem instanceof LaunchDarklyError && problem.code === "notFound";
    if (!isAnswered)
      throw failureOf(call, state, describeUnprovenKey(credential.wording, state, (problem as Error).message));
  }
  if (record === undefined) {
    // The record in the state is not what was made, or its key is lost. The one that was made is found by its mark.
    const openAttempts = [...state.openAttempts, ...(attempt === undefined ? [] : [attempt])];
    const open = { ...state, currentId: null, isGone: true, openMark: true, openAttempts };
    throw failureOf(call, open, describeAnothersKey(credential.wording, error.message));
  }
  await session.host.log("warning", describeCorrectedRecord(credential.wording, String(state.currentId), id));
  const { expiry: foreignExpiry } = record;
  const shown = shownSettings(credential, record);
  return { ...state, currentId: id, foreignExpiry, shown, verificationPending: false };
}
