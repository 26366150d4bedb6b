/** Decides what follows a request for another record: a key that has come is kept, and one that was lost is never left. */
import type { KeyRecord } from "../../model/record";
import type { CreateReply } from "../../model/replies";

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
