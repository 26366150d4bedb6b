/** Makes the next record, and retries until it and its key are there: carries out decisions/replace/creationStep. */
import { LaunchDarklyError } from "../../client/errors";
import { createOperation, processCreate } from "../../client/recordRequests";
import { retrying, type Try } from "../../client/retrying";
import { creationStep, type CreationStep, openAfter } from "../../decisions/replace/creationStep";
import type { MadeRecord } from "../../decisions/replace/nextState";
import { wantedSettings } from "../../decisions/replace/settings";
import { describeUnidentified } from "../../messages/replace/outcome";
import type { CreateReply, KeyRecord } from "../../model/answers";
import { type Mark, markIn, newAttempt } from "../../model/mark";
import type { OwnedState } from "../../model/ownedState";
import { ownerOfNewKey } from "../ownKey";
import { sendBlocker } from "../selfRotation";
import { deleteMadeBy } from "./collectOrphans";
import type { Context, OwnedWork } from "./context";

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
  context: Context,
  state: OwnedState,
  key: string,
  made: Made & { readonly startedAt: number },
): Promise<KeyRecord | null> {
  if (!context.credential.isAccessToken) return null;
  try {
    const id = await ownerOfNewKey(context.session, key, made.startedAt);
    return (id === undefined ? undefined : await markedRecord(context, state, { id, ...made })) ?? null;
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
  { records }: Context,
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

const nothingFound = { held: [], hasNamesakes: false } as const;

/** What a creation came to. */
export type Creation = {
  /**
   * Set if there may be a record that is not known: a request may yet be carried out, or was and could not be undone. The
   * attempts by their marks whose record nobody can have the key of.
   */
  readonly open: readonly string[] | undefined;
  /** Records of the resource that were found on the way, and that somebody may use. */
  readonly held: readonly KeyRecord[];
  /** Whether records of another resource of the same name were. */
  readonly hasNamesakes: boolean;
} & (
  | { readonly kind: "created"; readonly made: MadeRecord }
  | { readonly kind: "failed"; readonly error: Error; readonly isLimit: boolean }
);

/** @param number the sequence number of the record */
export function create(context: Context, { state, inputs, startedAt }: OwnedWork, number: number): Promise<Creation> {
  const { credential, session } = context;
  const { host } = session;
  // What bears its mark, and whose key did not come here, nobody has the key of.
  const attempt = newAttempt(host.random);
  const settings = wantedSettings(state, inputs, { number, attempt });
  const operation = createOperation(credential, inputs.name, settings, state.fixed);
  const made = { number, attempt, startedAt };
  /** How many requests may be carried out yet. */
  let open = 0;

  const failed = (error: Error, isLimit = false): Creation => ({
    kind: "failed",
    error,
    isLimit,
    open: open > 0 ? [attempt] : undefined,
    ...nothingFound,
  });

  async function send(): Promise<CreateReply> {
    const turn = await session.client.turn();
    try {
      const error = await sendBlocker(host, `${credential.wording.it} was created`);
      if (error !== undefined) return { kind: "refused", error, isLimit: false };
      const { reply, key } = await session.client.once(turn, operation);
      return processCreate(credential, operation, reply, key, session.client.now());
    } finally {
      turn.end();
    }
  }

  async function stepAfter(reply: CreateReply): Promise<Exclude<CreationStep, { kind: "identify" }>> {
    const unidentified = new LaunchDarklyError("noAnswer", describeUnidentified(credential.wording));
    const odd = reply.kind === "created" && isOdd(state, reply.record, made);
    const step = creationStep(reply, odd, undefined, unidentified);
    if (step.kind !== "identify") return step;
    const next = creationStep(reply, odd, await identified(context, state, step.key, made), unidentified);
    if (next.kind === "identify") throw new Error("a key is asked once");
    return next;
  }

  /** Deletes what the attempt may have left. */
  async function undo(error: Error, mayBeLate: boolean): Promise<Try<Creation>> {
    open++;
    try {
      const { deleted, problem } = await deleteMadeBy(context, attempt, state, startedAt);
      if (problem !== undefined) return { kind: "done", result: failed(problem) };
      open = openAfter(open, deleted, mayBeLate);
    } catch (other) {
      return { kind: "done", result: failed(other as Error) };
    }
    return { kind: "again", isRateLimited: false, otherwise: () => failed(error) };
  }

  return retrying<Creation>(host, startedAt, async (): Promise<Try<Creation>> => {
    const step = await stepAfter(await send());
    switch (step.kind) {
      case "keep": {
        const { key, record, at } = step;
        const made = { key, record, number, at, settings };
        const result = { kind: "created", made, open: open > 0 ? [attempt] : undefined, ...nothingFound } as const;
        return { kind: "done", result };
      }
      case "fail":
        return { kind: "done", result: failed(step.error, step.isLimit) };
      case "retry":
        return { kind: "again", isRateLimited: step.isRateLimited, otherwise: () => failed(step.error) };
      case "undo":
        return undo(step.error, step.mayBeLate);
    }
  });
}
