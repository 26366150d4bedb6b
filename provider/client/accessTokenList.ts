/** LaunchDarkly's list of access tokens, page by page. Source: LaunchDarkly's OpenAPI description. */
import { z } from "zod";

import { accessTokenSchema } from "../model/accessToken";
import { explainReply } from "./explainReply";
import type { ApiRequest, Reply } from "./transport";

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

/** @param offset how many tokens come before */
export function listAccessTokensRequest(key: string, offset: number): ApiRequest {
  // Without showAll, an Admin's key is shown no personal tokens of other members.
  return {
    method: "GET",
    path: "/api/v2/tokens",
    query: { limit: String(PAGE), offset: String(offset), showAll: "true" },
    key,
  };
}

/** @throws {LaunchDarklyError} if the answer holds no list */
export function processAccessTokenList(call: ApiRequest, offset: number, reply: Reply): Page {
  const parsed = reply.kind === "answer" && reply.status === 200 ? pageSchema.safeParse(reply.body) : undefined;
  if (!parsed?.success) throw explainReply("list the access tokens", reply, call);
  const { items, totalCount, _links: links } = parsed.data;
  const end = offset + items.length;
  const isMore = links?.next !== undefined || (totalCount !== undefined && end < totalCount);
  const tokens = items.map((item) => listedTokenSchema.safeParse(item)).flatMap(({ data }) => data ?? []);
  // LaunchDarkly may cut a page shorter than asked for; one without items is the last, whatever it says.
  return { tokens, next: isMore && items.length > 0 ? end : undefined };
}
