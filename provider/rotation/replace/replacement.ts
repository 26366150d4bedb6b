/**
 * Tells a resource that is replaced from one that goes. The engine deletes both in the same words. But only of the former
 * does the program of this run have the resource, by its name; a destroy, also one that runs the program, checks none.
 */
import { LaunchDarklyError } from "../../client/errors";
import { resetExpiry } from "../../decisions/ends";
import { describeEnded, describeHandedOn, describeOwnKey } from "../../messages/replace/outcome";
import type { Fixed, KeyRecord } from "../../model/answers";
import type { OldKeyExpiry } from "../../model/duration";
import type { OwnedInputs } from "../../model/inputs";
import { type Mark, markIn, ownerOf, placeOf, withinStack } from "../../model/mark";
import type { OwnedState, Previous } from "../../model/ownedState";
import type { OwnerInProgram, Progress } from "../../run/progress";
import { laterNow } from "../../run/session";
import { type Context, isConfigured } from "./context";
import { giveMark } from "./ownership";

/**
 * In check: the program of this run has the resource.
 *
 * @param isThere whether the stack has one of its name; the engine asks again, as if it had none, for one that is replaced
 */
export function noteOwner(
  { owners }: Progress,
  className: string,
  { owner, oldKeyExpiry }: Pick<OwnedInputs, "owner" | "oldKeyExpiry">,
  isThere: boolean,
): void {
  const known = { replaced: new Set<string>(), ...owners.get(owner) };
  owners.set(owner, { ...known, className, oldKeyExpiry, wasThere: isThere || known.wasThere === true });
}

/** The owners of a class: marks do not name it, and resources of two classes may have one name. */
export function ownersOfClass({ owners }: Progress, className: string): [owner: string, known: OwnerInProgram][] {
  return [...owners].filter(([, known]) => known.className === className);
}

/** Notes which resource the program has by that name, and which record is its own. */
export function noteState(
  { owners }: Progress,
  { owner }: Pick<OwnedInputs, "owner">,
  state: Pick<OwnedState, "nonce" | "currentId" | "fixed" | "openMark" | "key" | "verificationPending">,
  isNew = false,
): void {
  const known = owners.get(owner);
  if (known === undefined) return;
  const { nonce, currentId, fixed, openMark, key, verificationPending } = state;
  const isProven = key !== null && !verificationPending;
  const soFar = { isNew: isNew || known.isNew, awaits: openMark || known.awaits };
  Object.assign(known, { nonce, currentId, fixed, isProven, ...soFar });
}

/** This run begins to make the resource: what takes the place of another one may come to no key. */
export function noteTry({ owners }: Progress, { owner }: Pick<OwnedInputs, "owner">): void {
  const known = owners.get(owner);
  if (known !== undefined) known.isTried = true;
}

/** Whether a resource that takes the place of another one has, as far as this run has come, no key that works. */
export function lacksKey({ isProven, isTried, nonce }: OwnerInProgram): boolean {
  return isProven !== true && (nonce !== undefined || isTried === true);
}

export interface Heir {
  /** The organization and the URN. */
  readonly owner: string;
  readonly known: OwnerInProgram;
}

/**
 * The resource that takes the place of one that is deleted: of the same name, or one that has only other parents, and was
 * made in this run, or in an earlier one that did not come to the deletion.
 *
 * @param state of the deleted resource
 * @param owner as the mark of its record names it; undefined if it has none
 * @param urn its own, if a diff has told it
 */
export function heirOf(
  { credential, session }: Context,
  { nonce }: Pick<OwnedState, "nonce">,
  owner: string | undefined,
  urn: string | undefined,
): Heir | undefined {
  const all = ownersOfClass(session.progress, credential.className)
    .map(([name, known]): Heir => ({ owner: name, known }))
    // What this run has made itself takes nobody's place.
    .filter(({ known }) => !(known.isNew === true && known.nonce === nonce));
  const same = all.find((one) => ownerOf(one.owner) === owner || (urn !== undefined && one.owner.endsWith(`/${urn}`)));
  const isHeir = ({ isNew, awaits }: OwnerInProgram) => isNew === true || awaits === true;
  return same ?? all.find((one) => isHeir(one.known) && owner !== undefined && isMoved(owner, one.owner));
}

/**
 * Whether records of a resource are there whose place this one may take. Its deletion hands them on, in this run or in a
 * later one, and only after what this run saves of the new resource.
 *
 * @param nonce of the new resource
 */
export function awaitsRecords(
  { credential, session }: Context,
  { owner, nonce }: { readonly owner: string; readonly nonce: string },
  records: readonly KeyRecord[],
): boolean {
  const others = ownersOfClass(session.progress, credential.className).filter(([name]) => name !== owner);
  const nonces = new Set(others.map(([, known]) => known.nonce));
  const names = new Set(others.map(([name]) => ownerOf(name)));
  return records.some(({ description }) => {
    const mark = markIn(description);
    if (mark === undefined || mark.nonce === nonce || nonces.has(mark.nonce) || names.has(mark.owner)) return false;
    return isMoved(mark.owner, owner);
  });
}

/** Whether only the parents differ, if anything does. */
function isMoved(from: string, to: string): boolean {
  const { name, ...place } = placeOf(to);
  const within = withinStack(from, place);
  return within === name || within?.endsWith(`$${name}`) === true;
}

/**
 * The ids of the records that are the current ones of other resources of this run. Records of another place may have the same
 * ids: an identifier of the stack's choice is unique in its environment alone.
 */
export function idsInUse({ owners }: Progress, { nonce, fixed }: Pick<OwnedState, "nonce" | "fixed">): Set<string> {
  const others = [...owners.values()].filter(
    (one) => one.nonce !== undefined && one.nonce !== nonce && isSamePlace(one.fixed, fixed),
  );
  return new Set(others.flatMap(({ currentId }) => currentId ?? []));
}

/** Whether two records may be one, by all that is text among what can't be changed of them: that is where they are. */
export function isSamePlace(one: Fixed = {}, other: Fixed): boolean {
  return Object.entries(other).every(([name, value]) => typeof value !== "string" || one[name] === value);
}

// Hands the records of a resource that is replaced on to the one that takes its place: by their marks, which say from then on
// that they are its own. The key that people held keeps working for the grace that the program gives.

export interface HandedOn {
  readonly record: KeyRecord;
  /** When it ends, if that was decided before, in epoch milliseconds; undefined if its grace is to begin. */
  readonly end: number | undefined;
  /** Whether the resource that takes the place of its own can see it; otherwise nothing ends it later. */
  readonly isInSight: boolean;
}

/**
 * Hands one record on.
 *
 * @param mark of the resource that takes the place of its own; undefined while that is not made
 * @param oldKeyExpiry undefined while nothing may end, because that resource has no key that has proven to work
 * @throws {LaunchDarklyError} if it could not be done
 */
export async function handOn(
  context: Context,
  { record, end, isInSight }: HandedOn,
  mark: Mark | undefined,
  oldKeyExpiry: OldKeyExpiry | undefined,
): Promise<void> {
  const { credential, records, session } = context;
  const { wording } = credential;
  const { host } = session;
  const previous: Previous = {
    ...{ id: record.id, lastFour: record.lastFour, lastUsed: record.lastUsed },
    ...{ retiredAt: null, end: null, byDeletion: false },
  };
  const isAtOnce = oldKeyExpiry?.kind === "immediate";
  const isOwn = isAtOnce && (await isConfigured(context, previous.id));
  if (isOwn) await host.log("warning", describeOwnKey(wording, previous));
  else if (isAtOnce) {
    // All that use the key have got another one: the engine deletes what is replaced when everything else is done.
    await records.delete(record.id);
    await host.log("info", describeEnded(wording, previous));
    return;
  }
  const begun = () => (oldKeyExpiry === undefined ? "open" : beginGrace(context, record, oldKeyExpiry, isInSight));
  const ends = end ?? (await begun());
  if (ends === "gone") return;
  if (mark !== undefined && isInSight) await giveMark(context, record, mark);
  if (!isOwn) await host.log("info", describeHandedOn(wording, previous, ends, isInSight));
}

/** @returns when it ends, in epoch milliseconds; undefined if LaunchDarkly knows no expiry, or the program no end */
async function beginGrace(
  { records, session }: Context,
  record: KeyRecord,
  oldKeyExpiry: OldKeyExpiry,
  isInSight: boolean,
): Promise<number | undefined | "gone"> {
  const at = resetExpiry(oldKeyExpiry, session.client.now(), session.host.clock());
  // An instant that has passed is no end that was meant for this record.
  if (at === undefined || at <= laterNow(session)) return undefined;
  const expired = await records.expire(record, at);
  if (expired.kind === "gone") return "gone";
  if (expired.kind !== "unknown") return expired.end;
  if (!isInSight) throw new LaunchDarklyError("refused", expired.reason);
  return undefined;
}
