/** Whose a record is, by its mark: that is read before a record is given an end, or deleted. None goes by its id alone. */
import { LaunchDarklyError } from "../../client/errors";
import { describeTakenAway } from "../../messages/replace/orphans";
import type { KeyRecord } from "../../model/answers";
import { describe, type Mark, markIn, textOf } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import type { Context } from "./context";

export type Ownership =
  /** It bears the resource's mark. */
  | { readonly kind: "own"; readonly record: KeyRecord }
  /** It bears another's mark, or none: somebody else has it now. Or it is a default one now, which nobody owns. */
  | { readonly kind: "another's"; readonly record: KeyRecord }
  /** LaunchDarkly says that it is not there. */
  | { readonly kind: "gone" };

/**
 * @param found the account's records, where they were found in this call already
 * @throws {LaunchDarklyError} if it can't be told
 */
export async function ownership(
  { credential, records, session }: Context,
  state: Pick<OwnedState, "nonce">,
  id: string,
  found: readonly KeyRecord[] = [],
): Promise<Ownership> {
  try {
    const record = found.find((one) => one.id === id) ?? (await records.look(id));
    if (record === undefined) {
      // An answer that does not show the record does not show its mark.
      throw new LaunchDarklyError("noAnswer", `LaunchDarkly does not show ${credential.wording.noun} ${id}.`);
    }
    // The mark was given only to what was known to be of the kind, so silence about that is no reason for doubt.
    const isOwn = markIn(record.description)?.nonce === state.nonce && credential.isOfKind(record) !== false;
    return { kind: isOwn ? "own" : "another's", record };
  } catch (error) {
    // A record is not forgotten over one answer.
    const isGone = error instanceof LaunchDarklyError && error.code === "notFound" && (await records.isAbsent(id));
    if (!isGone) throw error;
    // In another account there is none to be found.
    await session.assertAccount();
    return { kind: "gone" };
  }
}

/**
 * Deletes a record that bears the resource's mark; names another's, and leaves it alone.
 *
 * @throws {LaunchDarklyError} if it may be there still, and be the resource's
 */
export async function deleteOwned(
  context: Context,
  state: Pick<OwnedState, "nonce">,
  id: string,
  found: readonly KeyRecord[],
): Promise<Ownership["kind"]> {
  const owned = await ownership(context, state, id, found);
  if (owned.kind === "own") await context.records.delete(id);
  if (owned.kind === "another's") await context.session.host.log("warning", describeTakenAway([owned.record]));
  return owned.kind;
}

/** Has a record bear the mark of the resource that owns it from now on. */
export async function giveMark({ credential, records }: Context, record: KeyRecord, mark: Mark): Promise<void> {
  const value = describe(textOf(record.description), mark);
  await records.change(record.id, [{ kind: "set", setting: "description", value }], credential.actions.describe);
}
