/** The records of a credential that the stack owns: lists them, looks at them, changes and deletes them. All may be sent twice. */
import { z } from "zod";

import type { ReplaceCredential, SettingChange } from "../model/credential";
import type { Json } from "../model/json";
import { printable } from "../model/printable";
import type { Fixed, KeyRecord } from "../model/record";
import { withoutKeysIn } from "../model/redact";
import type { Client } from "./client";
import { explainReply } from "./explainReply";
import { LaunchDarklyError } from "./launchDarklyError";
import { LONGEST_LIST, PATIENCE_MS } from "./limits";
import type { Operation } from "./operation";
import type { Reply } from "./transport";

export type Reading = Pick<Client, "read" | "elapsed">;

export type Expired =
  /** LaunchDarkly shows this end; more than the precision of its clock from the one that was asked for is another one. */
  | { readonly kind: "set"; readonly end: number }
  /** LaunchDarkly knows no expiry of such records, or not of this one. */
  | { readonly kind: "unknown"; /** A sentence. */ readonly reason: string }
  | { readonly kind: "gone" };

export interface Records {
  /**
   * All that the key may see, each once. Whoever asks acts on what is not there, so half a list is none.
   *
   * @param since when the work began that this is a part of, by `elapsed`; by default now. Its patience counts from then,
   * and bounds the list too, unless it was used up before
   * @throws {LaunchDarklyError} if the list can't be told, or does not end
   */
  list(since?: number): Promise<KeyRecord[]>;
  /**
   * @param since when the work began that this is a part of, by `elapsed`
   * @returns undefined if the answer does not show it
   * @throws {LaunchDarklyError} `notFound` if there is no such record
   */
  look(id: string, since?: number): Promise<KeyRecord | undefined>;
  /**
   * @param action LaunchDarkly's name of what a role must allow; by default that of any change
   * @returns the record as it is then, if the answer shows it
   * @throws {LaunchDarklyError} if it was not changed
   */
  change(id: string, changes: readonly SettingChange[], action?: string): Promise<KeyRecord | undefined>;
  /**
   * Puts an expiry on a record. What LaunchDarkly shows then counts, and not that it agreed.
   *
   * @param at epoch milliseconds
   * @throws {LaunchDarklyError} if it can't be told whether it was set
   */
  expire(id: string, at: number): Promise<Expired>;
  /** @throws {LaunchDarklyError} unless the record is gone, now or before */
  delete(id: string): Promise<void>;
  /** Whether LaunchDarkly confirms that there is no such record. Asked before the state forgets one. */
  isAbsent(id: string): Promise<boolean>;
}

/** LaunchDarkly may keep an expiry less exactly than it was given. */
const SAME_END_MS = 60_000;

/** @param fixed what can't be changed of the records, which may say where they are */
export function recordsOf(client: Reading, credential: ReplaceCredential, fixed: Fixed): Records {
  const { actions } = credential;

  async function look(id: string, since?: number): Promise<KeyRecord | undefined> {
    const operation = recordOperation("read", credential, fixed, id, { method: "GET" });
    const { reply, key } = await client.read(operation, undefined, since);
    return processRecord(credential, operation, reply, key);
  }

  async function change(id: string, body: Json, permission: string | undefined): Promise<KeyRecord | undefined> {
    const operation = recordOperation("change", credential, fixed, id, { method: "PATCH", body, permission });
    const { reply, key } = await client.read(operation);
    return processRecord(credential, operation, reply, key);
  }

  const isAbsent = (id: string) =>
    look(id).then(
      () => false,
      (error: unknown) => error instanceof LaunchDarklyError && error.code === "notFound",
    );

  return {
    list: (since) => list(client, credential, fixed, since),
    look,
    isAbsent,
    change: (id, changes, permission = actions.change) => change(id, credential.change(changes), permission),
    async delete(id) {
      const operation = recordOperation("delete", credential, fixed, id, {
        method: "DELETE",
        permission: actions.delete,
      });
      const { reply, key } = await client.read(operation);
      if (reply.kind === "answer" && reply.status >= 200 && reply.status < 300) return;
      const error = explainReply(operation, reply, key);
      if (error.code !== "notFound" || !(await isAbsent(id))) throw error;
    },
    async expire(id, at) {
      const { noun } = credential.wording;
      let reason = "LaunchDarkly shows none after the change.";
      for (const body of credential.expiry(at)) {
        try {
          const answered = await change(id, body, actions.expire);
          const record = answered?.id === id ? answered : await look(id);
          if (record === undefined) {
            const message = `LaunchDarkly does not show ${noun} ${printable(id)} after the change.`;
            throw new LaunchDarklyError("noAnswer", message, 200);
          }
          if (record.expiry === null) return { kind: "unknown", reason };
          return { kind: "set", end: Math.abs(record.expiry - at) < SAME_END_MS ? at : record.expiry };
        } catch (error) {
          if (!(error instanceof LaunchDarklyError)) throw error;
          if (error.code === "notFound" && (await isAbsent(id))) return { kind: "gone" };
          if (error.status !== 400 && error.status !== 422) throw error;
          reason = error.message;
        }
      }
      return { kind: "unknown", reason };
    },
  };
}

export function recordOperation(
  verb: "read" | "change" | "delete",
  { paths, apiVersion, otherwise, wording: { noun, missing } }: ReplaceCredential,
  fixed: Fixed,
  id: string,
  request: Pick<Operation, "method" | "body" | "permission">,
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

const PAGE = 100;

const pageSchema = z.object({
  items: z.array(z.unknown()),
  totalCount: z.number().optional().catch(undefined),
  _links: z.object({ next: z.unknown() }).optional().catch(undefined),
});

export interface Page {
  readonly records: readonly KeyRecord[];
  /** Where the next page starts; undefined for the last one. */
  readonly next: number | undefined;
}

async function list(
  client: Reading,
  credential: ReplaceCredential,
  fixed: Fixed,
  since = client.elapsed(),
): Promise<KeyRecord[]> {
  const found = new Map<string, KeyRecord>();
  const begun = client.elapsed();
  const deadline = (since + PATIENCE_MS > begun ? since : begun) + PATIENCE_MS;
  let pages = 0;
  for (let offset: number | undefined = 0; offset !== undefined;) {
    if (client.elapsed() >= deadline || ++pages > LONGEST_LIST) throw endless(credential, found.size);
    const { reply, key } = await client.read(listOperation(credential, fixed, offset), undefined, since);
    const page: Page = processList(credential, fixed, offset, reply, key);
    const before = found.size;
    for (const record of page.records) found.set(record.id, record);
    // A list that brings nothing new would go on for ever.
    offset = found.size > before ? page.next : undefined;
  }
  return [...found.values()];
}

function endless({ wording: { noun } }: ReplaceCredential, count: number): LaunchDarklyError {
  return new LaunchDarklyError(
    "noAnswer",
    `LaunchDarkly's list of the ${noun}s does not end: ${count} were read. Try again later.`,
  );
}

/** @param offset how many records come before */
export function listOperation(
  { paths, listQuery, apiVersion, otherwise, wording }: ReplaceCredential,
  fixed: Fixed,
  offset: number,
): Operation {
  return {
    action: `list the ${wording.noun}s`,
    method: "GET",
    path: paths.list(fixed),
    query: { limit: String(PAGE), offset: String(offset), ...listQuery },
    ...besides({ apiVersion, otherwise }),
    // Of what it lists, none is missing; of where it lists them, it may be.
    ...(wording.missingPlace && { missing: wording.missingPlace }),
  };
}

/**
 * @param key the key it was asked with
 * @throws {LaunchDarklyError} if the answer holds no list
 */
export function processList(
  credential: ReplaceCredential,
  fixed: Fixed,
  offset: number,
  reply: Reply,
  key: string,
): Page {
  const parsed = reply.kind === "answer" && reply.status === 200 ? pageSchema.safeParse(reply.body) : undefined;
  if (!parsed?.success) throw explainReply(listOperation(credential, fixed, offset), reply, key);
  const { items, totalCount, _links: links } = parsed.data;
  const end = offset + items.length;
  // A link to another page that has no items to show would be followed for ever.
  const isMore = totalCount === undefined ? links?.next !== undefined : end < totalCount;
  const records = items
    .map((item) => credential.readRecord(item))
    .flatMap((record) => (record === undefined ? [] : cleaned(record, [key])));
  // LaunchDarkly may cut a page shorter than asked for; one without items is the last, whatever it says.
  return { records, next: isMore && items.length > 0 ? end : undefined };
}
