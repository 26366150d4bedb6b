/** What LaunchDarkly says of an access token. Source: LaunchDarkly's OpenAPI description, schema Token. */
import { z } from "zod";

import { epochMilliseconds, type Found, keyEnding, wellFormedText, wholeKey } from "../../model/found";

/** Every field may be missing or odd, and then counts as not said: none of this is worth losing a key for. */
export const accessTokenSchema = z.object({
  /** The last four characters of the key; the whole key in the answers to create and reset. */
  token: wellFormedText.nullable().catch(null),
  name: wellFormedText.nullable().catch(null),
  role: wellFormedText.nullable().catch(null),
  customRoleIds: z.array(wellFormedText).nullable().catch(null),
  serviceToken: z.boolean().nullable().catch(null),
  defaultApiVersion: z.number().int().nullable().catch(null),
  lastModified: epochMilliseconds.catch(null),
});

/** The same, as outputs of a resource. */
export const accessTokenDetails = z.object({
  name: z.string().nullable().default(null),
  role: z.string().nullable().default(null),
  customRoleIds: z.array(z.string()).default([]),
  serviceToken: z.boolean().nullable().default(null),
  defaultApiVersion: z.number().nullable().default(null),
});

export function readAccessToken(body: unknown): Found | undefined {
  const parsed = accessTokenSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { token, lastModified, ...details } = parsed.data;
  // The whole key is no part of what a look shows, even where an answer holds it.
  return { key: null, keyEnding: token === null ? null : keyEnding(token.trim()), lastModified, details };
}

export function readNewAccessTokenKey(body: unknown): string | undefined {
  return wholeKey(accessTokenSchema.safeParse(body).data?.token);
}
