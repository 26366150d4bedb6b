/** The records as LaunchDarkly shows them: what a refresh sees, and the settings that the program has changed since. */
import { LaunchDarklyError } from "../../client/errors";
import { recordsOf } from "../../client/records";
import { withSeenRecords } from "../../decisions/replace/nextState";
import { leftByCreation, namesakes, newerRecord, orphansOf } from "../../decisions/replace/orphans";
import { settingChanges, withSettings } from "../../decisions/replace/settings";
import { ownedDrift } from "../../messages/replace/drift";
import { describeOrphans } from "../../messages/replace/orphans";
import { describeLostRecord, describeSettings, describeSettingsFailure } from "../../messages/replace/outcome";
import type { KeyRecord } from "../../model/answers";
import type { OwnedInputs } from "../../model/inputs";
import type { OwnedState } from "../../model/ownedState";
import { earlierNow } from "../../run/session";
import { ifAllowed } from "../ownKey";
import type { Looked, OwnReading } from "../work";
import { ownersOf } from "./collectOrphans";
import { type Context, failureOf } from "./context";

export async function refreshed(context: Context, state: OwnedState, own?: OwnReading): Promise<Looked<OwnedState>> {
  if (own !== undefined) return refreshedWithOwnKey(context, state, own);
  const records = await context.records.list();
  const current = await currentOf(context, state, records);
  if (current === undefined) await context.session.assertAccount();
  return look(context, state, records, current);
}

/** The admin key is dead. What the current key may not see stays as it was. */
async function refreshedWithOwnKey(context: Context, state: OwnedState, own: OwnReading): Promise<Looked<OwnedState>> {
  const { credential } = context;
  const { currentId } = state;
  const seen = recordsOf(own, credential, state.fixed);
  const records = (await ifAllowed(seen.list())) ?? [];
  const current =
    records.find(({ id }) => id === currentId) ??
    (currentId === null ? undefined : await ifAllowed(seen.look(currentId)));
  if (current === undefined) return { kind: "unseen", state: withSeenRecords(credential, state, records), said: [] };
  return look(context, state, records, current);
}

function look(
  { credential, session }: Context,
  state: OwnedState,
  records: readonly KeyRecord[],
  current: KeyRecord | undefined,
): Looked<OwnedState> {
  const seen = withSeenRecords(credential, state, current === undefined ? records : [...records, current]);
  const owners = ownersOf(state);
  const orphans = orphansOf(state, owners, records);
  const newer = newerRecord(state, orphans.held, earlierNow(session));
  const [owner] = owners;
  const elsewhere = owner === undefined ? [] : leftByCreation(namesakes(owner, new Set([state.nonce]), records));
  const said = describeOrphans(credential.wording, orphans, newer, elsewhere);
  const found: OwnedState = {
    ...seen,
    openMark: state.openMark || orphans.lost.length + orphans.held.length > 0,
    newer: newer === undefined ? state.newer : { id: newer.id, lastFour: newer.lastFour },
  };
  if (current !== undefined) {
    const drift = ownedDrift(credential, state, seen, current, session.client.now());
    return { kind: "seen", state: found, said: [...drift, ...said] };
  }
  if (state.currentId === null) return { kind: "seen", state: found, said };
  const lost = { severity: "warning", message: describeLostRecord(credential.wording) } as const;
  return { kind: "missing", state: { ...found, isGone: true }, said: [lost, ...said] };
}

/** A list may leave a record out that the key may see; so the record is asked for before it counts as deleted. */
async function currentOf(
  context: Context,
  { currentId }: OwnedState,
  records: readonly KeyRecord[],
): Promise<KeyRecord | undefined> {
  if (currentId === null) return undefined;
  const shown = records.find(({ id }) => id === currentId);
  if (shown !== undefined) return shown;
  return context.records.look(currentId).catch((error: unknown) => {
    if (error instanceof LaunchDarklyError && error.code === "notFound") return undefined;
    throw error;
  });
}

/** @throws {SavedFailure} if they could not be changed */
export async function withChangedSettings(
  context: Context,
  state: OwnedState,
  inputs: OwnedInputs,
): Promise<OwnedState> {
  const { credential, records, session } = context;
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
    if (!isGone) throw failureOf(context, state, describeSettingsFailure(wording, error.message));
    await session.assertAccount().catch((other: unknown) => {
      throw failureOf(context, state, describeSettingsFailure(wording, (other as Error).message));
    });
    throw failureOf(context, { ...state, isGone: true }, describeLostRecord(wording));
  }
}
