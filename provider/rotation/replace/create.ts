/** Makes the next record, and retries until it and its key are there: carries out decisions/replace/creationStep. */
import { createOperation, processCreate } from "../../client/creation";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { retrying, type Try } from "../../client/retrying";
import { creationStep, type CreationStep, openAfter } from "../../decisions/replace/creationStep";
import type { MadeRecord } from "../../decisions/replace/nextState";
import { wantedSettings } from "../../decisions/replace/settings";
import { describeUnidentified } from "../../messages/replace/outcome";
import { newAttempt } from "../../model/mark";
import type { KeyRecord } from "../../model/record";
import type { CreateReply } from "../../model/replies";
import { sendBlocker } from "../sendBlocker";
import type { Call, OwnedOrder } from "./call";
import { deleteMadeBy } from "./collectOrphans";
import { identified, isOdd } from "./newRecord";

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
export function create(call: Call, { state, inputs, startedAt }: OwnedOrder, number: number): Promise<Creation> {
  const { credential, session } = call;
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
    const next = creationStep(reply, odd, await identified(call, state, step.key, made), unidentified);
    if (next.kind === "identify") throw new Error("a key is asked once");
    return next;
  }

  /** Deletes what the attempt may have left. */
  async function undo(error: Error, mayBeLate: boolean): Promise<Try<Creation>> {
    open++;
    try {
      const { deleted, problem } = await deleteMadeBy(call, attempt, state, startedAt);
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
