/** LaunchDarkly's list of access tokens, page by page. Source: LaunchDarkly's OpenAPI description. */
import { z } from "zod";

import { type TokenRecord, tokenRecordSchema } from "../model/accessToken";
import { withoutKeysIn } from "../model/redact";
import type { Client } from "./client";
import { explainReply } from "./explainReply";
import type { Operation } from "./operation";
import type { Reply } from "./transport";

const PAGE = 100;

const pageSchema = z.object({
  items: z.array(z.unknown()),
  totalCount: z.number().optional().catch(undefined),
  _links: z.object({ next: z.unknown() }).optional().catch(undefined),
});

export interface Page {
  readonly tokens: readonly TokenRecord[];
  /** Where the next page starts; undefined for the last one. */
  readonly next: number | undefined;
}

/**
 * All access tokens that the key may see, each once.
 *
 * @param since when the work began that this is a part of, by `elapsed`; by default now
 */
export async function listAccessTokens(client: Pick<Client, "read">, since?: number): Promise<TokenRecord[]> {
  const found = new Map<string, TokenRecord>();
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const { reply, key } = await client.read(listOperation(offset), undefined, since);
    const page: Page = processAccessTokenList(offset, reply, key);
    const before = found.size;
    for (const token of page.tokens) found.set(token._id, token);
    // A list that brings nothing new would go on for ever.
    offset = found.size > before ? page.next : undefined;
  }
  return [...found.values()];
}

/** @param offset how many tokens come before */
export function listOperation(offset: number): Operation {
  // Without showAll, an Admin's key is shown no personal tokens of other members.
  return {
    action: "list the access tokens",
    method: "GET",
    path: "/api/v2/tokens",
    query: { limit: String(PAGE), offset: String(offset), showAll: "true" },
  };
}

/**
 * @param key the key it was asked with
 * @throws {LaunchDarklyError} if the answer holds no list
 */
export function processAccessTokenList(offset: number, reply: Reply, key: string): Page {
  const parsed = reply.kind === "answer" && reply.status === 200 ? pageSchema.safeParse(reply.body) : undefined;
  if (!parsed?.success) throw explainReply(listOperation(offset), reply, key);
  const { items, totalCount, _links: links } = parsed.data;
  const end = offset + items.length;
  const isMore = links?.next !== undefined || (totalCount !== undefined && end < totalCount);
  const tokens = items
    .map((item) => tokenRecordSchema.safeParse(item))
    .flatMap(({ data }) => (data === undefined ? [] : withoutKeysIn(data, [key])));
  // LaunchDarkly may cut a page shorter than asked for; one without items is the last, whatever it says.
  return { tokens, next: isMore && items.length > 0 ? end : undefined };
}
