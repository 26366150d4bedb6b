/** What LaunchDarkly says of an access token. Source: LaunchDarkly's OpenAPI description, schema Token. */
import { z } from "zod";

import { accessTokenSchema } from "../../model/accessToken";
import { type Found, keyEnding, wholeKey } from "../../model/found";

/** What is said of a token, as outputs of a resource. */
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
  // A look never gives the whole key, even if the answer holds it.
  return { key: null, keyEnding: token === null ? null : keyEnding(token), lastModified, details };
}

export function readNewAccessTokenKey(body: unknown): string | undefined {
  return wholeKey(accessTokenSchema.safeParse(body).data?.token);
}
