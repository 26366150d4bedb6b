/**
 * Decides what follows a request for another record under an identifier that the stack has chosen. Such a request may be
 * repeated: what was made before answers that the identifier is taken, and can be read.
 */
import { type Mark, markIn } from "../../model/mark";
import type { KeyRecord } from "../../model/record";
import type { CreateReply } from "../../model/replies";

export type NamedCreationStep =
  /** The key is there. */
  | { readonly kind: "keep"; readonly key: string; readonly record: KeyRecord; readonly at: number }
  /** The identifier is taken: look at what has it. */
  | { readonly kind: "lookUp" }
  /**
   * It can't be had: its record was deleted, or is another one of the resource's name. Go on with the next number. Held: a
   * record of this resource, made for something else, which somebody may use.
   */
  | { readonly kind: "next"; readonly held: KeyRecord | undefined; readonly isNamesake: boolean }
  /** Give up with this error. */
  | { readonly kind: "fail"; readonly error: Error; readonly isLimit: boolean }
  /** Try again after a while, with the same identifier. */
  | { readonly kind: "retry"; readonly error: Error; readonly isRateLimited: boolean; readonly mayBeMade: boolean };

/** What a look at a taken identifier has found. */
export type TakenBy =
  | { readonly kind: "record"; readonly record: KeyRecord }
  /** A deleted one. */
  | { readonly kind: "nobody" }
  | { readonly kind: "failed"; readonly error: Error };

/** The mark that the record is to have. */
export type Wanted = Required<Pick<Mark, "owner" | "nonce" | "number">> & {
  readonly attempt: string;
  /** Whether a record of the same owner is of this stack, and of no other one of that name. */
  readonly isOwnerSure: boolean;
};

export interface Refusals {
  /** What has the identifier is not this resource's. */
  readonly anothers: Error;
  /** LaunchDarkly does not show the key. */
  readonly hidden: Error;
}

/**
 * @param takenBy undefined until LaunchDarkly was looked at
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function namedCreationStep(
  reply: CreateReply,
  takenBy: TakenBy | undefined,
  wanted: Wanted,
  { anothers, hidden }: Refusals,
  now: number,
): NamedCreationStep {
  switch (reply.kind) {
    case "created": {
      const { key, record, at } = reply;
      // What the answer does not show can be looked at: the identifier is known.
      return record === undefined ? { kind: "lookUp" } : { kind: "keep", key, record, at };
    }
    case "refused":
      return { kind: "fail", error: reply.error, isLimit: reply.isLimit };
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
  const { record } = takenBy;
  const mark = markIn(record.description);
  const isOwn = mark?.nonce === wanted.nonce;
  if (mark === undefined || !(isOwn || mark.owner === wanted.owner)) {
    return { kind: "fail", error: anothers, isLimit: false };
  }
  const isRotation = mark.number === wanted.number && mark.attempt === wanted.attempt && record.expiry === null;
  const isSame = isRotation && (isOwn || wanted.isOwnerSure);
  if (!isSame) return { kind: "next", held: isOwn ? record : undefined, isNamesake: !isOwn };
  if (record.key === null) return { kind: "fail", error: hidden, isLimit: false };
  return { kind: "keep", key: record.key, record, at: record.creationDate ?? now };
}

function isTaken(error: Error & { readonly status?: number | undefined }): boolean {
  return error.status === 409;
}
