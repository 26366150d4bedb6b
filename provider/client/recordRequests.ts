/** The requests for a record that the stack owns, and for another one, and what their answers mean. */
import { z } from "zod";

import type { CreateReply, Fixed, KeyRecord, Settings } from "../model/answers";
import type { ReplaceCredential } from "../model/credential";
import { printable, withoutKeysIn } from "../model/redact";
import { bodyOfSuccess, withoutResult } from "./credentialRequests";
import { explainReply, type Operation } from "./errors";
import type { Reply } from "./transport";

export function recordOperation(
  verb: "read" | "change" | "delete",
  { paths, apiVersion, otherwise, wording: { noun, missing } }: ReplaceCredential,
  fixed: Fixed,
  id: string,
  request: Pick<Operation, "method" | "query" | "body" | "permission" | "isConditional">,
): Operation {
  const action = `${verb} ${noun} ${printable(id)}`;
  return { ...request, action, path: paths.record(fixed, id), ...besides({ apiVersion, otherwise }), missing };
}

/** What a credential's requests have, if it has it. */
export function besides({ apiVersion, otherwise }: Pick<Operation, "apiVersion" | "otherwise">) {
  return { ...(apiVersion !== undefined && { apiVersion }), ...(otherwise !== undefined && { otherwise }) };
}

/** What is shown of a record, without the keys of others: an answer may repeat them anywhere. */
export function cleaned(record: KeyRecord, others: readonly string[]): KeyRecord {
  const { key, ...shown } = record;
  return { ...withoutKeysIn(shown, key === null ? others : [...others, key]), key };
}

/**
 * Reads the answer to a look or a change.
 *
 * @param key the key it was asked with
 * @returns the record as it is shown; undefined if the answer does not show it
 * @throws {LaunchDarklyError} `notFound` if there is no such record
 */
export function processRecord(
  { readRecord }: ReplaceCredential,
  operation: Operation,
  reply: Reply,
  key: string,
): KeyRecord | undefined {
  const isDone = reply.kind === "answer" && reply.status >= 200 && reply.status < 300;
  if (!isDone) throw explainReply(operation, reply, key);
  const record = readRecord(reply.body);
  return record && cleaned(record, [key]);
}

/**
 * The request that makes a record. Never sent twice without a look.
 *
 * @param name what people call the record
 * @param id its identifier; undefined where LaunchDarkly chooses it
 */
export function createOperation(
  { actions, apiVersion, creation, otherwise, paths, wording: { noun, missingPlace } }: ReplaceCredential,
  name: string,
  settings: Settings,
  fixed: Fixed,
  id?: string,
): Operation {
  return {
    action: `create the ${noun} "${printable(name)}"`,
    method: "POST",
    path: paths.list(fixed),
    body: creation(settings, fixed, id),
    permission: actions.create,
    ...besides({ apiVersion, otherwise }),
    ...(missingPlace && { missing: missingPlace }),
  };
}

/**
 * Reads the key first: a whole one is never thrown away, whatever else in the answer is odd.
 *
 * @param key the key it was asked with
 * @param now epoch milliseconds of LaunchDarkly's clock
 */
export function processCreate(
  { readNewKey, readRecord }: Pick<ReplaceCredential, "readNewKey" | "readRecord">,
  operation: Operation,
  reply: Reply,
  key: string,
  now: number,
): CreateReply {
  const body = bodyOfSuccess(reply);
  const newKey = readNewKey(body);
  if (newKey !== undefined) {
    const shown = readRecord(body);
    return { kind: "created", key: newKey, record: shown && cleaned(shown, [newKey, key]), at: now };
  }
  const error = explainReply(operation, reply, key);
  const outcome = withoutResult(reply, error);
  switch (outcome.kind) {
    case "refused":
      return { ...outcome, isLimit: isLimit(reply) };
    case "notProcessed":
      return { ...outcome, isRateLimited: error.code === "rateLimited" };
    case "unknown":
      return outcome;
  }
}

/** LaunchDarkly does not say how it refuses one record too many, but hardly without the word. */
function isLimit(reply: Reply): boolean {
  const said = z.object({ code: z.string().catch(""), message: z.string().catch("") });
  const { code, message } = said.catch({ code: "", message: "" }).parse(reply.kind === "answer" ? reply.body : {});
  return /limit|quota|too many|maximum/i.test(`${code} ${message}`);
}
