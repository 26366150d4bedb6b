/** Decides what follows a request for another record: a key that has come is kept, and one that was lost is never left. */
import type { CreateReply, KeyRecord } from "../../model/answers";
import { type Mark, markIn } from "../../model/mark";

export type CreationStep =
  /** The key is there, and the record that it is of. */
  | { readonly kind: "keep"; readonly key: string; readonly record: KeyRecord; readonly at: number }
  /** The key is there, and the answer does not say of what, or can't be right: ask the key. */
  | { readonly kind: "identify"; readonly key: string }
  /**
   * There may be a record whose key nobody has, or a key that is of no use: delete what this attempt has made, and try again
   * after a while. If it may be late, the request may yet be carried out.
   */
  | { readonly kind: "undo"; readonly error: Error; readonly mayBeLate: boolean }
  /** Nothing was made: give up with this error. */
  | { readonly kind: "fail"; readonly error: Error; readonly isLimit: boolean }
  /** Nothing was made: try again after a while. */
  | { readonly kind: "retry"; readonly error: Error; readonly isRateLimited: boolean };

/**
 * @param isOdd whether a record in the answer can't be the one that was made
 * @param identified what the key says it is of; null if it does not say, undefined until it was asked
 * @param unidentified what is said of a key of which nothing tells what it is of
 */
export function creationStep(
  reply: CreateReply,
  isOdd: boolean,
  identified: KeyRecord | null | undefined,
  unidentified: Error,
): CreationStep {
  switch (reply.kind) {
    case "created": {
      const { key, record, at } = reply;
      if (record !== undefined && !isOdd) return { kind: "keep", key, record, at };
      if (identified === undefined) return { kind: "identify", key };
      if (identified !== null) return { kind: "keep", key, record: identified, at };
      // Without its record, the key would be of no use for long. Nobody else has it.
      return { kind: "undo", error: unidentified, mayBeLate: false };
    }
    case "refused":
      return { kind: "fail", error: reply.error, isLimit: reply.isLimit };
    case "notProcessed":
      return { kind: "retry", error: reply.error, isRateLimited: reply.isRateLimited };
    case "unknown":
      return { kind: "undo", error: reply.error, mayBeLate: reply.mayBeLate };
  }
}

/**
 * How many requests of an attempt may yet be carried out, once what was found of it is deleted. A request that can't come
 * late has made one of those, or was not carried out.
 *
 * @param open how many may have been before, the last one included
 */
export function openAfter(open: number, deleted: number, mayBeLate: boolean): number {
  return Math.max(0, open - (mayBeLate ? deleted : Math.max(1, deleted)));
}

// Decides what follows a request for another record under an identifier that the stack has chosen. Such a request may be
// repeated: what was made before answers that the identifier is taken, and can be read.

export type NamedCreationStep =
  /** The key is there. */
  | { readonly kind: "keep"; readonly key: string; readonly record: KeyRecord; readonly at: number }
  /** The identifier is taken: look at what has it. */
  | { readonly kind: "lookUp" }
  /**
   * It can't be had: its record was deleted, is another one of the resource's name, or has become another resource's. Go on
   * with the next number. Held: a record of this resource, made for something else, which somebody may use.
   */
  | { readonly kind: "next"; readonly held: KeyRecord | undefined; readonly isNamesake: boolean }
  /** Give up with this error. May be made: there is one of this resource, whose key can't be had now. */
  | { readonly kind: "fail"; readonly error: Error; readonly isLimit: boolean; readonly mayBeMade: boolean }
  /** Try again after a while, with the same identifier. */
  | { readonly kind: "retry"; readonly error: Error; readonly isRateLimited: boolean; readonly mayBeMade: boolean };

/** What a look at a taken identifier has found. */
export type TakenBy =
  | {
      readonly kind: "record";
      readonly record: KeyRecord;
      /** Whether a stack may own it; undefined if LaunchDarkly does not say. */
      readonly isOfKind: boolean | undefined;
    }
  /** A deleted one. */
  | { readonly kind: "nobody" }
  | { readonly kind: "failed"; readonly error: Error };

/** The record that is asked for: its identifier, and the mark that it is to have. */
export type Wanted = Required<Pick<Mark, "owner" | "nonce" | "number">> & {
  readonly id: string;
  readonly attempt: string;
  /** Whether a record of the same owner is of this stack, and of no other one of that name. */
  readonly isOwnerSure: boolean;
};

export interface Refusals {
  /** What has the identifier is not this resource's. */
  readonly anothers: Error;
  /** LaunchDarkly does not show the key. */
  readonly hidden: Error;
  /** LaunchDarkly does not say whether a stack may own it. */
  readonly unclear: Error;
}

/**
 * @param takenBy undefined until LaunchDarkly was looked at
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function namedCreationStep(
  reply: CreateReply,
  takenBy: TakenBy | undefined,
  wanted: Wanted,
  { anothers, hidden, unclear }: Refusals,
  now: number,
): NamedCreationStep {
  switch (reply.kind) {
    case "created": {
      const { key, record, at } = reply;
      // What the answer does not show, or shows of another record, can be looked at: the identifier is known.
      return record === undefined || !isAsked(record, wanted) ? { kind: "lookUp" } : { kind: "keep", key, record, at };
    }
    case "refused":
      return { kind: "fail", error: reply.error, isLimit: reply.isLimit, mayBeMade: false };
    case "unknown":
      return { kind: "retry", error: reply.error, isRateLimited: false, mayBeMade: true };
    case "notProcessed": {
      const { error, isRateLimited } = reply;
      if (!isTaken(error)) return { kind: "retry", error, isRateLimited, mayBeMade: false };
    }
  }
  if (takenBy === undefined) return { kind: "lookUp" };
  if (takenBy.kind === "failed") {
    return { kind: "retry", error: takenBy.error, isRateLimited: false, mayBeMade: true };
  }
  if (takenBy.kind === "nobody") return { kind: "next", held: undefined, isNamesake: false };
  const { record, isOfKind } = takenBy;
  const mark = markIn(record.description);
  if (mark === undefined) return { kind: "fail", error: anothers, isLimit: false, mayBeMade: false };
  // Two resources of one name may choose the same identifiers for keys of two kinds. A default key is nobody's.
  if (isOfKind === false) return { kind: "next", held: undefined, isNamesake: false };
  const isOwn = mark.nonce === wanted.nonce;
  // It was this resource's once, and another one has taken it over, or was given it when it took this one's place.
  if (!isOwn && mark.owner !== wanted.owner) return { kind: "next", held: undefined, isNamesake: false };
  const isRotation = mark.number === wanted.number && mark.attempt === wanted.attempt && record.expiry === null;
  const isSame = isRotation && (isOwn || wanted.isOwnerSure);
  if (!isSame) return { kind: "next", held: isOwn ? record : undefined, isNamesake: !isOwn };
  // Only the nonce proves that this resource has made it.
  if (isOfKind === undefined && !isOwn) return { kind: "fail", error: unclear, isLimit: false, mayBeMade: false };
  if (record.key === null) return { kind: "fail", error: hidden, isLimit: false, mayBeMade: isOwn };
  return { kind: "keep", key: record.key, record, at: record.creationDate ?? now };
}

/** Whether it is the record that was asked for, by its identifier and its mark. */
function isAsked({ id, description }: KeyRecord, wanted: Wanted): boolean {
  const mark = markIn(description);
  const isMarked = mark?.nonce === wanted.nonce && mark.number === wanted.number && mark.attempt === wanted.attempt;
  return isMarked && id === wanted.id;
}

function isTaken(error: Error & { readonly status?: number | undefined }): boolean {
  return error.status === 409;
}
