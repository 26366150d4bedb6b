/**
 * Hands the records of a resource that is replaced on to the one that takes its place: by their marks, which say from then on
 * that they are its own. The key that people held keeps working for the grace that the program gives.
 */
import { resetExpiry } from "../../decisions/resetExpiry";
import { describeEnded, describeHandedOn, describeOwnKey } from "../../messages/replace/outcome";
import { describe, type Mark, textOf } from "../../model/mark";
import type { OldKeyExpiry } from "../../model/oldKeyExpiry";
import type { Previous } from "../../model/ownedState";
import type { KeyRecord } from "../../model/record";
import { laterNow } from "../clocks";
import { type Call, isConfigured } from "./call";

export interface HandedOn {
  readonly record: KeyRecord;
  /** When it ends, if that was decided before, in epoch milliseconds; undefined if its grace begins now. */
  readonly end: number | undefined;
}

/**
 * Hands one record on.
 *
 * @param mark of the resource that takes the place of its own; undefined while that is not made
 * @throws {LaunchDarklyError} if it could not be done
 */
export async function handOn(
  call: Call,
  { record, end }: HandedOn,
  mark: Mark | undefined,
  oldKeyExpiry: OldKeyExpiry,
): Promise<void> {
  const { credential, records, session } = call;
  const { wording } = credential;
  const { host } = session;
  const previous: Previous = {
    ...{ id: record.id, lastFour: record.lastFour, lastUsed: record.lastUsed },
    ...{ retiredAt: null, end: null, byDeletion: false },
  };
  const isAtOnce = oldKeyExpiry.kind === "immediate";
  const isOwn = isAtOnce && (await isConfigured(call, previous.id));
  if (isOwn) await host.log("warning", describeOwnKey(wording, previous));
  else if (isAtOnce) {
    // All that use the key have got another one: the engine deletes what is replaced when everything else is done.
    await records.delete(record.id);
    await host.log("info", describeEnded(wording, previous));
    return;
  }
  const ends = end ?? (await beginGrace(call, record, oldKeyExpiry));
  if (ends === "gone") return;
  if (mark !== undefined) await giveMark(call, record, mark);
  if (!isOwn) await host.log("info", describeHandedOn(wording, previous, ends));
}

/** @returns when it ends, in epoch milliseconds; undefined if LaunchDarkly knows no expiry, or the program no end */
async function beginGrace(
  { records, session }: Call,
  record: KeyRecord,
  oldKeyExpiry: OldKeyExpiry,
): Promise<number | undefined | "gone"> {
  const at = resetExpiry(oldKeyExpiry, session.client.now(), session.host.clock());
  // An instant that has passed is no end that was meant for this record.
  if (at === undefined || at <= laterNow(session)) return undefined;
  const expired = await records.expire(record, at);
  if (expired.kind === "gone") return "gone";
  return expired.kind === "unknown" ? undefined : expired.end;
}

/** Has a record bear the mark of the resource that owns it from now on. */
export async function giveMark({ credential, records }: Call, record: KeyRecord, mark: Mark): Promise<void> {
  const value = describe(textOf(record.description), mark);
  await records.change(record.id, [{ kind: "set", setting: "description", value }], credential.actions.describe);
}
