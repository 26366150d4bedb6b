/**
 * Finds the records that bear a resource's mark, and that its state does not know. Those whose key nobody can have are
 * deleted. All others become previous ones: they keep working until their end.
 */
import { LaunchDarklyError } from "../../client/errors";
import { withSeenRecords, withPreviousRecords } from "../../decisions/replace/nextState";
import { dueRecord, madeBy, newerRecord, nextNumber, orphansOf, yetToCome } from "../../decisions/replace/orphans";
import { ownerIn, textIn } from "../../decisions/replace/settings";
import { describeDeletedOrphan, describeForeign, describeKept } from "../../messages/replace/orphans";
import { describeNotCreated, describeOpenMark } from "../../messages/replace/outcome";
import { UserError } from "../../messages/words";
import type { KeyRecord } from "../../model/answers";
import type { OwnedInputs } from "../../model/inputs";
import { attemptFor, isOrganizationKnown, markIn, ownerOf } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { earlierNow } from "../../run/session";
import { type Context, failureOf, type OwnedWork } from "./context";
import { awaitsRecords } from "./replacement";

/** What was found of the records of an account, which need not be asked again. */
export interface Collected {
  readonly records: readonly KeyRecord[];
  /** The sequence number of the next one. */
  readonly nextNumber: number;
  /** Those that a resource has left which this one takes the place of. */
  readonly inherited?: readonly KeyRecord[];
}

/** Whether the rotation that is due makes a record under a number: only where the stack chooses the identifier. */
export function isMadeBy(
  { credential: { identifier } }: Pick<Context, "credential">,
  state: Pick<OwnedState, "nonce" | "settings">,
  inputs: OwnedInputs,
) {
  const owner = ownerIn(state, inputs);
  return ({ id, description }: KeyRecord, number: number): boolean =>
    identifier?.(inputs, number) === id && markIn(description)?.attempt === attemptFor(owner, inputs, number);
}

/** Whether a new resource comes to a record of its name, instead of making one: for the same rotation. */
export function isMadeAgain(context: Pick<Context, "credential">, inputs: OwnedInputs): (record: KeyRecord) => boolean {
  const isMade = isMadeBy(context, { nonce: "", settings: {} }, inputs);
  return (record) => isOrganizationKnown(inputs.owner) && isMade(record, markIn(record.description)?.number ?? 0);
}

/**
 * @param isDue whether a rotation follows, which finds what it has made before
 * @returns the state with what the list says of its records, and nothing left to look for
 * @throws {SavedFailure} if it can't be told whether there are any, and one is known to be possible; or one could not be
 * deleted
 * @throws {UserError} if nothing changed, and nothing is known of any
 */
export async function collectOrphans(
  context: Context,
  { state: before, inputs, startedAt }: OwnedWork,
  isDue: boolean,
): Promise<{ readonly state: OwnedState; readonly learnt: Collected }> {
  const { credential, session } = context;
  const records = await listed(context, before, startedAt);
  const { lost, held: found, foreign } = orphansOf(before, ownersOf(before, inputs), records);
  const due = isDue ? dueRecord(before, found, isMadeBy(context, before, inputs)) : undefined;
  const held = found.filter((record) => record !== due);
  // The due one is the newest: the rotation asks for its number once more.
  const next = nextNumber(before, found) - (due === undefined ? 0 : 1);
  const newer = newerRecord(before, held, earlierNow(session));
  const seen: OwnedState = {
    ...withPreviousRecords(withSeenRecords(credential, before, records), held, inputs.oldKeyExpiry),
    newer: newer === undefined ? before.newer : { id: newer.id, lastFour: newer.lastFour },
    ...stillOpen(context, before, inputs, records),
    // What comes late is found by a later run, though Pulumi may repeat this run's call at once.
    ...(session.progress.late.has(before.nonce) ? { openMark: true } : { openAttempts: [] }),
  };
  const { log } = session.host;
  if (held.length > 0) await log("warning", describeKept(credential.wording, held, inputs.oldKeyExpiry));
  if (foreign.length > 0) await log("warning", describeForeign(foreign));
  const { problem } = await deleteAll(context, lost);
  if (problem !== undefined) {
    const { openAttempts } = before;
    throw failureOf(
      context,
      { ...seen, openMark: true, openAttempts },
      describeOpenMark(credential.wording, problem.message),
    );
  }
  return { state: seen, learnt: { records, nextNumber: next } };
}

/** Whether a later run may find more. */
function stillOpen(
  context: Context,
  { nonce, openMark, openSince, isReplacement, key, verificationPending, lastRotatedAt, adoptedAt }: OwnedState,
  { owner }: Pick<OwnedInputs, "owner">,
  records: readonly KeyRecord[],
): Pick<OwnedState, "openMark" | "openSince" | "isReplacement"> {
  const now = context.session.host.clock();
  // Until there is a key that works, no run has come to delete anything.
  const madeAt = key === null || verificationPending ? undefined : Date.parse(lastRotatedAt ?? adoptedAt ?? "");
  const asked = { owner: ownerOf(owner), madeAt, now };
  const others = openMark ? yetToCome({ openSince, isReplacement }, asked, records) : [];
  const isOpen = awaitsRecords(context, { owner, nonce }, others);
  return { openMark: isOpen, openSince: isOpen ? (openSince ?? now) : null, isReplacement: isOpen && isReplacement };
}

async function listed(context: Context, state: OwnedState, startedAt: number): Promise<KeyRecord[]> {
  try {
    const records = await context.records.list(startedAt);
    // In another account there are none to be found.
    if (!records.some(({ id }) => id === state.currentId)) await context.session.assertAccount();
    return records;
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (state.openMark) throw failureOf(context, state, describeOpenMark(context.credential.wording, error.message));
    throw new UserError(describeNotCreated(error.message));
  }
}

/** How marks name a resource: now, and when its current record was marked. */
export function ownersOf({ settings }: Pick<OwnedState, "settings">, inputs?: Pick<OwnedInputs, "owner">) {
  return [markIn(textIn(settings) ?? null)?.owner, inputs && ownerOf(inputs.owner)];
}

export interface Deleted {
  /** How many records were deleted. */
  readonly deleted: number;
  /** Why one could not be. */
  readonly problem: Error | undefined;
}

/**
 * Deletes what an attempt of this process has made without an answer.
 *
 * @param since when the work began that this is a part of, by `elapsed`
 * @throws {LaunchDarklyError} if it can't be told whether there is any
 */
export async function deleteMadeBy(
  context: Context,
  attempt: string,
  state: OwnedState,
  since: number,
): Promise<Deleted> {
  return deleteAll(context, madeBy(attempt, state, await context.records.list(since)));
}

async function deleteAll({ credential, records, session }: Context, doomed: readonly KeyRecord[]): Promise<Deleted> {
  let deleted = 0;
  for (const record of doomed) {
    try {
      await records.delete(record.id);
    } catch (error) {
      if (!(error instanceof LaunchDarklyError)) throw error;
      return { deleted, problem: error };
    }
    deleted++;
    await session.host.log("warning", describeDeletedOrphan(credential.wording, record));
  }
  return { deleted, problem: undefined };
}
