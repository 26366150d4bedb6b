/** A request for one record that the stack owns, and what of the answer is shown. */
import type { ReplaceCredential } from "../model/credential";
import { printable } from "../model/printable";
import type { Fixed, KeyRecord } from "../model/record";
import { withoutKeysIn } from "../model/redact";
import { explainReply } from "./explainReply";
import type { Operation } from "./operation";
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
