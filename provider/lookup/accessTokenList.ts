/** LaunchDarkly's list of access tokens, page by page. Source: LaunchDarkly's OpenAPI description. */
import { z } from "zod";

import type { Client } from "../client/client";
import { explainReply } from "../client/explainReply";
import type { Operation } from "../client/operation";
import type { Reply } from "../client/transport";
import { accessTokenSchema } from "../credentials/accessToken/accessToken";

const PAGE = 100;

const listedTokenSchema = accessTokenSchema.omit({ token: true, lastModified: true }).extend({ _id: z.string() });

const pageSchema = z.object({
  items: z.array(z.unknown()),
  totalCount: z.number().optional().catch(undefined),
  _links: z.object({ next: z.unknown() }).optional().catch(undefined),
});

/** An access token as the list shows it. */
export type ListedToken = z.infer<typeof listedTokenSchema>;

export interface Page {
  readonly tokens: readonly ListedToken[];
  /** Where the next page starts; undefined for the last one. */
  readonly next: number | undefined;
}

/** All access tokens that the key may see, each once. */
export async function listAccessTokens(client: Pick<Client, "read">): Promise<ListedToken[]> {
  const found = new Map<string, ListedToken>();
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const { reply, key } = await client.read(listOperation(offset));
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
  const tokens = items.map((item) => listedTokenSchema.safeParse(item)).flatMap(({ data }) => data ?? []);
  // LaunchDarkly may cut a page shorter than asked for; one without items is the last, whatever it says.
  return { tokens, next: isMore && items.length > 0 ? end : undefined };
}
