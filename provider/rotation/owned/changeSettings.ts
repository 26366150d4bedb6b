/** Changes the settings of the current token; its key stays. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { type PatchStep } from "../../client/tokenRequests";
import { isAbsent, patchToken } from "../../client/tokens";
import { type SettingChange, settingChanges, withSettings } from "../../decisions/owned/settings";
import { describeLostToken, describeSettings, describeSettingsFailure } from "../../messages/owned/outcome";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { assertAccount } from "../home";
import { failureOf, type Order } from "./order";

/** LaunchDarkly has an action for each. Source: https://launchdarkly.com/docs/home/account/role-actions */
const PERMISSIONS = "updateAccessTokenName, updateAccessTokenDescription or updateAccessTokenPolicy";

/** @throws {PartialFailure} if they could not be changed */
export async function withChangedSettings(session: Session, order: Order): Promise<OwnedState> {
  const { state, inputs } = order;
  const { tokenId } = state;
  const changes = tokenId === null || state.isGone ? [] : settingChanges(state, inputs);
  if (tokenId === null || changes.length === 0) return state;
  try {
    const record = await patchToken(session.client, tokenId, changes.map(stepOf), PERMISSIONS);
    const changed = withSettings(state, changes, record);
    const names = changes.map(({ setting }) => setting);
    await session.surroundings.log("info", describeSettings(names));
    return changed;
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    const isGone = error.code === "notFound" && (await isAbsent(session.client, tokenId));
    if (!isGone) throw failureOf(order, state, describeSettingsFailure(error.message));
    await assertAccount(state, session).catch((other: unknown) => {
      throw failureOf(order, state, describeSettingsFailure((other as Error).message));
    });
    const gone = { ...state, isGone: true };
    throw failureOf(order, gone, describeLostToken());
  }
}

/** RFC 6902's `add` also replaces a member that is there. */
function stepOf(change: SettingChange): PatchStep {
  if (change.kind === "remove") return { op: "remove", path: `/${change.setting}` };
  return { op: "add", path: `/${change.setting}`, value: change.value };
}
