/** Changes the settings of the current record; its key stays. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { settingChanges, withSettings } from "../../decisions/replace/settings";
import { describeLostRecord, describeSettings, describeSettingsFailure } from "../../messages/replace/outcome";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedState";
import { assertAccount } from "../home";
import { type Call, failureOf } from "./call";

/** @throws {SavedFailure} if they could not be changed */
export async function withChangedSettings(call: Call, state: OwnedState, inputs: OwnedInputs): Promise<OwnedState> {
  const { credential, records, session } = call;
  const { wording } = credential;
  const { currentId } = state;
  const changes = currentId === null || state.isGone ? [] : settingChanges(credential, state, inputs);
  if (currentId === null || changes.length === 0) return state;
  try {
    const record = await records.change(currentId, changes);
    const changed = withSettings(credential, state, changes, record);
    const names = changes.map(({ setting }) => setting);
    await session.host.log("info", describeSettings(names));
    return changed;
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    const isGone = error.code === "notFound" && (await records.isAbsent(currentId));
    if (!isGone) throw failureOf(call, state, describeSettingsFailure(wording, error.message));
    await assertAccount(state, session).catch((other: unknown) => {
      throw failureOf(call, state, describeSettingsFailure(wording, (other as Error).message));
    });
    throw failureOf(call, { ...state, isGone: true }, describeLostRecord(wording));
  }
}
