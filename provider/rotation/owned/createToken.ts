/** Creates a token, and retries until the token and its key are there. A token whose key was lost is deleted before a retry. */
import { retrying, type Try } from "../../client/retrying";
import { createOperation, type CreateReply, processCreate } from "../../client/tokenRequests";
import type { MadeToken } from "../../decisions/owned/nextToken";
import { wantedSettings } from "../../decisions/owned/settings";
import type { Json } from "../../model/json";
import { newAttempt } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { describeUnidentified } from "../../messages/owned/outcome";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { recordOfNewToken } from "./newToken";
import { mustNotSend } from "../mustNotSend";
import { deleteMadeBy } from "./collectOrphans";

export type CreateOutcome =
  | {
      readonly kind: "created";
      readonly made: MadeToken;
      /** The attempt by its mark, if a request before it may yet be carried out. */
      readonly openAttempt: string | undefined;
    }
  /** There is no new token, unless the attempt may yet be carried out, or was and could not be undone. */
  | {
      readonly kind: "failed";
      readonly error: Error;
      readonly isLimit: boolean;
      readonly openAttempt: string | undefined;
    };

/**
 * @param number the sequence number of the token
 * @param startedAt when the rotation began, by `elapsed`: its patience counts from then
 */
export function createToken(
  session: Session,
  state: OwnedState,
  inputs: OwnedInputs,
  number: number,
  startedAt: number,
): Promise<CreateOutcome> {
  // What bears its mark, and whose key did not come here, nobody has the key of.
  const attempt = newAttempt(session.surroundings.random);
  const settings = wantedSettings(state, inputs, { number, attempt });
  const body = JSON.parse(JSON.stringify({ ...settings, serviceToken: state.isServiceToken })) as Record<string, Json>;
  const operation = createOperation(inputs.settings.name, body);
  /** How many requests may be carried out yet. */
  let outstanding = 0;
  const openAttempt = () => (outstanding > 0 ? attempt : undefined);

  async function send(): Promise<CreateReply> {
    const turn = await session.client.turn();
    try {
      const error = await mustNotSend(session.surroundings, "the token was created");
      if (error !== undefined) return { kind: "refused", error, isLimit: false };
      const { reply, key } = await session.client.once(turn, operation);
      return processCreate(operation, reply, key, session.client.now());
    } finally {
      turn.end();
    }
  }

  const failed = (error: Error, isLimit = false): CreateOutcome => ({
    kind: "failed",
    error,
    isLimit,
    openAttempt: openAttempt(),
  });

  /** Deletes what an attempt may have left, whose key or whose id was lost. */
  async function withoutToken(why: Error, mayBeLate: boolean): Promise<Try<CreateOutcome>> {
    outstanding++;
    try {
      const { deleted, problem } = await deleteMadeBy(session, attempt, state, startedAt);
      if (problem !== undefined) return { kind: "done", result: failed(problem) };
      // A request that can't come late has made one of those, or was not carried out.
      outstanding = Math.max(0, outstanding - (mayBeLate ? deleted : Math.max(1, deleted)));
    } catch (error) {
      return { kind: "done", result: failed(error as Error) };
    }
    return { kind: "again", isRateLimited: false, otherwise: () => failed(why) };
  }

  return retrying<CreateOutcome>(session.surroundings, startedAt, async (): Promise<Try<CreateOutcome>> => {
    const reply = await send();
    switch (reply.kind) {
      case "created": {
        const { key, at } = reply;
        const record = await recordOfNewToken(session, state, reply, { number, attempt, startedAt });
        if (record !== undefined) {
          const made = { key, record, number, at, settings };
          return { kind: "done", result: { kind: "created", made, openAttempt: openAttempt() } };
        }
        // Without its token, the key would be of no use for long. Nobody else has it.
        return withoutToken(new LaunchDarklyError("noAnswer", describeUnidentified()), false);
      }
      case "refused":
        return { kind: "done", result: failed(reply.error, reply.isLimit) };
      case "notProcessed":
        return { kind: "again", isRateLimited: reply.isRateLimited, otherwise: () => failed(reply.error) };
      case "unknown":
        return withoutToken(reply.error, reply.mayBeLate);
    }
  });
}
