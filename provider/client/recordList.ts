/** LaunchDarkly's list of the records of which the stack owns some: all pages, or none. */
import { z } from "zod";

import type { Fixed, KeyRecord } from "../model/answers";
import type { ReplaceCredential } from "../model/credential";
import type { Client } from "./client";
import { explainReply, LaunchDarklyError, type Operation } from "./errors";
import { LONGEST_LIST, PATIENCE_MS } from "./limits";
import { besides, cleaned } from "./recordRequests";
import type { Reply } from "./transport";

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

/** @param since when the work began that this is a part of, by `elapsed`; by default now */
export async function recordList(
  client: Pick<Client, "sendIdempotent" | "elapsed">,
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
    const { reply, key } = await client.sendIdempotent(listOperation(credential, fixed, offset), undefined, since);
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
    // A default key, and one of another kind, is nobody's here, whatever is at the end of its description.
    .flatMap((record) => (record === undefined || credential.isOfKind(record) === false ? [] : cleaned(record, [key])));
  // LaunchDarkly may cut a page shorter than asked for; one without items is the last, whatever it says.
  return { records, next: isMore && items.length > 0 ? end : undefined };
}
