/**
 * Tells the records that bear a resource's mark, and that its state does not know. Nothing says whether somebody uses such
 * a record: LaunchDarkly does not say how promptly it notes a use. So none is ended on suspicion.
 */
import type { KeyRecord } from "../../model/answers";
import { type Mark, markIn, type Place, withinStack } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";

export interface Orphans {
  /** Made by a request whose answer is known to be lost: nobody can have their keys. */
  readonly lost: readonly KeyRecord[];
  /** Somebody may hold their keys: a run was killed before it saved them, or an older state was restored. */
  readonly held: readonly KeyRecord[];
  /** They bear the nonce, and another owner: the resource was renamed, or its state was copied to another stack. */
  readonly foreign: readonly KeyRecord[];
}

type Known = Pick<OwnedState, "nonce" | "currentId" | "previous" | "openAttempts">;

/** @param owners how marks name the resource, now and when its current record was marked */
export function orphansOf(
  state: Known,
  owners: readonly (string | undefined)[],
  records: readonly KeyRecord[],
): Orphans {
  const known = new Set([state.currentId, ...state.previous.map(({ id }) => id)]);
  const [lost, held, foreign]: [KeyRecord[], KeyRecord[], KeyRecord[]] = [[], [], []];
  for (const record of records) {
    const mark = markIn(record.description);
    if (mark?.nonce !== state.nonce || known.has(record.id)) continue;
    if (isOf(mark, state.openAttempts)) lost.push(record);
    else (owners.includes(mark.owner) ? held : foreign).push(record);
  }
  return { lost, held, foreign };
}

/**
 * The newest of the records that may be held, if it is the one that the rotation makes which is due: a run was cut off that
 * had made it, or an older state was restored. That rotation finds it by its identifier, and keeps it.
 *
 * @param isMadeBy whether that rotation makes this record under this number
 */
export function dueRecord(
  { nonce, rotationCount }: Pick<OwnedState, "nonce" | "rotationCount">,
  held: readonly KeyRecord[],
  isMadeBy: (record: KeyRecord, number: number) => boolean,
): KeyRecord | undefined {
  const newest = newestOf(held, nonce);
  if (newest === undefined || newest.expiry !== null) return undefined;
  const number = numberOf(newest, nonce);
  return number > rotationCount && isMadeBy(newest, number) ? newest : undefined;
}

/** The records that an attempt has made, and whose keys nobody can have: its answers were lost. */
export function madeBy(attempt: string, { nonce, currentId }: Known, records: readonly KeyRecord[]): KeyRecord[] {
  return records.filter(({ id, description }) => {
    const mark = markIn(description);
    return mark?.nonce === nonce && id !== currentId && isOf(mark, [attempt]);
  });
}

function isOf({ attempt }: Mark, attempts: readonly string[]): boolean {
  return attempt !== undefined && attempts.includes(attempt);
}

/** The sequence number of the next record: above those of all records that the resource is known to have made. */
export function nextNumber(
  { nonce, rotationCount }: Pick<OwnedState, "nonce" | "rotationCount">,
  made: readonly KeyRecord[],
) {
  return Math.max(rotationCount, ...made.map((record) => numberOf(record, nonce))) + 1;
}

/** The record that was made last, if that is not the state's; undefined if it is, or if LaunchDarkly has ended the other. */
export function newerRecord(
  { nonce, rotationCount }: Pick<OwnedState, "nonce" | "rotationCount">,
  held: readonly KeyRecord[],
  now: number,
): KeyRecord | undefined {
  const newer = held.filter(({ expiry }) => expiry === null || expiry > now);
  const last = newestOf(newer, nonce);
  return last !== undefined && numberOf(last, nonce) > rotationCount ? last : undefined;
}

/** Whether the resource of a token's mark has made another one since. */
export function hasSuccessor({ nonce, number }: Mark, tokens: readonly KeyRecord[]): boolean {
  return tokens.some((token) => numberOf(token, nonce) > number);
}

/** The record that the resource made last. */
function newestOf(records: readonly KeyRecord[], nonce: string): KeyRecord | undefined {
  return records.toSorted((one, other) => numberOf(other, nonce) - numberOf(one, nonce))[0];
}

function numberOf({ description }: KeyRecord, nonce: string): number {
  const mark = markIn(description);
  return mark?.nonce === nonce ? mark.number : 0;
}

/**
 * The records of resources of the same name that this state does not know: of a resource that this one replaces, of a
 * creation that was killed, or of another stack of that name in another backend.
 *
 * @param owner as marks name the resource
 * @param known the nonces of this resource, and of those that it is known to replace
 */
export function namesakes(owner: string, known: ReadonlySet<string>, records: readonly KeyRecord[]): KeyRecord[] {
  return records.filter(({ description }) => {
    const mark = markIn(description);
    return mark?.owner === owner && !known.has(mark.nonce);
  });
}

export interface FormerRecord {
  readonly record: KeyRecord;
  /** The name of the resource in its mark. */
  readonly former: string;
}

/**
 * The records that a new resource may have had under another name: of the same stack, with the same name at LaunchDarkly, and
 * current, as far as is known. A move to other parents is none, because the new resource gets the records then.
 *
 * @param title the name at LaunchDarkly
 * @param inProgram how marks name the resources that the program is known to have
 */
export function formerRecords(
  {
    title,
    inProgram,
    ...place
  }: Omit<Place, "parents"> & {
    readonly title: string;
    readonly inProgram: ReadonlySet<string>;
  },
  records: readonly KeyRecord[],
): FormerRecord[] {
  return records.flatMap((record) => {
    const mark = markIn(record.description);
    if (mark === undefined || record.expiry !== null || record["name"] !== title) return [];
    const within = withinStack(mark.owner, place);
    if (within === undefined || inProgram.has(`${place.stack}${within}`)) return [];
    const former = within.slice(within.lastIndexOf("$") + 1);
    return former === place.name ? [] : [{ record, former }];
  });
}

/** A run verifies a key within this time, and a run that was killed uses it no more. */
const VERIFIED_WITHIN_MS = 15 * 60_000;

/**
 * Those of them that a creation may have left which was killed: first records of which no later use is known. A refresh names
 * these alone. All others are most likely of another stack of that name, and would be named each time.
 */
export function leftByCreation(records: readonly KeyRecord[]): KeyRecord[] {
  return records.filter(({ description, lastUsed, creationDate }) => {
    const isUsed = lastUsed !== null && (creationDate === null || lastUsed > creationDate + VERIFIED_WITHIN_MS);
    return markIn(description)?.number === 1 && !(isUsed && lastUsed > 0);
  });
}

/** Whoever repeats a run that was killed, or that failed, does so within this time, as a rule. */
const REPEATED_WITHIN_MS = 60 * 60_000;

const WEEK_MS = 7 * 24 * 60 * 60_000;

/**
 * The records whose resource a later run may hand on, or delete: each run tries again to delete one that was replaced. None of
 * those that a killed creation has left just before, which have no resource; but the records of a resource that was replaced look
 * the same, so an hour has to pass then. And none any more once a week of looks has found them as they are.
 *
 * @param owner as marks name the resource
 * @param madeAt when its own record was made, in epoch milliseconds; undefined while there is none that works
 * @param now epoch milliseconds
 */
export function yetToCome(
  { openSince, isReplacement }: Pick<OwnedState, "openSince" | "isReplacement">,
  { owner, madeAt, now }: { readonly owner: string; readonly madeAt: number | undefined; readonly now: number },
  records: readonly KeyRecord[],
): readonly KeyRecord[] {
  if (openSince !== null && now - openSince > WEEK_MS) return [];
  if (madeAt === undefined || (isReplacement && now - madeAt < REPEATED_WITHIN_MS)) return records;
  const left = leftByCreation(records).filter(({ description, creationDate }) => {
    const isRecent = creationDate !== null && creationDate > madeAt - REPEATED_WITHIN_MS;
    return isRecent && markIn(description)?.owner === owner;
  });
  return records.filter((record) => !left.includes(record));
}
