/** LaunchDarkly's list of access tokens, page by page. Source: LaunchDarkly's OpenAPI description. */
import { z } from "zod";

import { type TokenRecord, tokenRecordSchema } from "../model/accessToken";
import { withoutKeysIn } from "../model/redact";
import type { Client } from "./client";
import { explainReply } from "./explainReply";
import { LaunchDarklyError } from "./launchDarklyError";
import { LONGEST_LIST, PATIENCE_MS } from "./limits";
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
 * All access tokens that the key may see, each once. Whoever asks acts on what is not there, so half a list is none.
 *
 * @param since when the work began that this is a part of, by `elapsed`; by default now. Its patience counts from then,
 * and bounds the list too, unless it was used up before
 * @throws {LaunchDarklyError} if the list can't be told, or does not end
 */
export async function listAccessTokens(
  client: Pick<Client, "read" | "elapsed">,
  since = client.elapsed(),
): Promise<TokenRecord[]> {
  const found = new Map<string, TokenRecord>();
  const begun = client.elapsed();
  const deadline = (since + PATIENCE_MS > begun ? since : begun) + PATIENCE_MS;
  let pages = 0;
  for (let offset: number | undefined = 0; offset !== undefined;) {
    if (client.elapsed() >= deadline || ++pages > LONGEST_LIST) throw endless(found.size);
    const { reply, key } = await client.read(listOperation(offset), undefined, since);
    const page: Page = processAccessTokenList(offset, reply, key);
    const before = found.size;
    for (const token of page.tokens) found.set(token._id, token);
    // A list that brings nothing new would go on for ever.
    offset = found.size > before ? page.next : undefined;
  }
  return [...found.values()];
}

function endless(count: number): LaunchDarklyError {
  return new LaunchDarklyError(
    "noAnswer",
    `LaunchDarkly's list of the access tokens does not end: ${count} were read. Try again later.`,
  );
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
  // A link to another page that has no items to show would be followed for ever.
  const isMore = totalCount === undefined ? links?.next !== undefined : end < totalCount;
  const tokens = items
    .map((item) => tokenRecordSchema.safeParse(item))
    .flatMap(({ data }) => (data === undefined ? [] : withoutKeysIn(data, [key])));
  // LaunchDarkly may cut a page shorter than asked for; one without items is the last, whatever it says.
  return { tokens, next: isMore && items.length > 0 ? end : undefined };
}
