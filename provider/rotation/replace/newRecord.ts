/** Finds out which record a new key belongs to, where the answer that brought it does not say, or can't be right. */
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { type Mark, markIn } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import type { KeyRecord } from "../../model/record";
import { ownerOfNewKey } from "../verify";
import type { Call } from "./call";

type Made = Pick<Mark, "number" | "attempt">;

/**
 * Whether a record in the answer to a creation can't be the one that was made.
 *
 * @param state the state before
 * @param made the mark that the record was given
 */
export function isOdd(state: OwnedState, record: KeyRecord | undefined, made: Made): boolean {
  if (record === undefined) return true;
  const known = [state.currentId, ...state.previous.map(({ id }) => id)];
  return known.includes(record.id) || (record.description !== null && !hasMark(state, record, made));
}

/**
 * Asks a new key which record it belongs to.
 *
 * @param made the mark that the record was given, and when the rotation began, by `elapsed`
 * @returns what LaunchDarkly shows of it; null if nothing tells which one it is
 */
export async function identified(
  call: Call,
  state: OwnedState,
  key: string,
  made: Made & { readonly startedAt: number },
): Promise<KeyRecord | null> {
  if (!call.credential.isAccessToken) return null;
  try {
    const id = await ownerOfNewKey(call.session, key, made.startedAt);
    return (id === undefined ? undefined : await markedRecord(call, state, { id, ...made })) ?? null;
  } catch (error) {
    if (error instanceof LaunchDarklyError) return null;
    throw error;
  }
}

/**
 * @returns the record of an id, if it is the one of that number that the resource has made
 * @throws {LaunchDarklyError} if LaunchDarkly does not show it
 */
export async function markedRecord(
  { records }: Call,
  state: Pick<OwnedState, "nonce">,
  asked: Made & { readonly id: string; readonly startedAt: number },
): Promise<KeyRecord | undefined> {
  const record = await records.look(asked.id, asked.startedAt);
  return record?.id === asked.id && hasMark(state, record, asked) ? record : undefined;
}

function hasMark({ nonce }: Pick<OwnedState, "nonce">, { description }: KeyRecord, made: Made): boolean {
  const mark = markIn(description);
  return mark?.nonce === nonce && mark.number === made.number && mark.attempt === made.attempt;
}
