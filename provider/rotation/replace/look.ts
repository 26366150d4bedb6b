/** What a refresh sees of the current record, and of those before it. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { recordsOf } from "../../client/records";
import { withSeenRecords } from "../../decisions/replace/nextState";
import { leftByCreation, namesakes, newerRecord, orphansOf } from "../../decisions/replace/orphans";
import { ownedDrift } from "../../messages/replace/drift";
import { describeOrphans } from "../../messages/replace/orphans";
import { describeLostRecord } from "../../messages/replace/outcome";
import type { OwnedState } from "../../model/ownedState";
import type { KeyRecord } from "../../model/record";
import { earlierNow } from "../clocks";
import { assertAccount } from "../home";
import { ifAllowed } from "../ownKey";
import type { Looked, OwnReading } from "../strategy";
import type { Call } from "./call";
import { ownersOf } from "./collectOrphans";

export async function refreshed(call: Call, state: OwnedState, own?: OwnReading): Promise<Looked<OwnedState>> {
  if (own !== undefined) return refreshedWithOwnKey(call, state, own);
  const records = await call.records.list();
  const current = await currentOf(call, state, records);
  if (current === undefined) await assertAccount(state, call.session);
  return look(call, state, records, current);
}

/** The admin key is dead. What the current key may not see stays as it was. */
async function refreshedWithOwnKey(call: Call, state: OwnedState, own: OwnReading): Promise<Looked<OwnedState>> {
  const { credential } = call;
  const { currentId } = state;
  const seen = recordsOf(own, credential, state.fixed);
  const records = (await ifAllowed(seen.list())) ?? [];
  const current =
    records.find(({ id }) => id === currentId) ??
    (currentId === null ? undefined : await ifAllowed(seen.look(currentId)));
  if (current === undefined) return { kind: "unseen", state: withSeenRecords(credential, state, records), said: [] };
  return look(call, state, records, current);
}

function look(
  { credential, session }: Call,
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
  call: Call,
  { currentId }: OwnedState,
  records: readonly KeyRecord[],
): Promise<KeyRecord | undefined> {
  if (currentId === null) return undefined;
  const shown = records.find(({ id }) => id === currentId);
  if (shown !== undefined) return shown;
  return call.records.look(currentId).catch((error: unknown) => {
    if (error instanceof LaunchDarklyError && error.code === "notFound") return undefined;
    throw error;
  });
}
