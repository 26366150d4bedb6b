/** An access token as LaunchDarkly's answers show it. Source: LaunchDarkly's OpenAPI description, schema Token. */
import { z } from "zod";

import { epochMilliseconds, lastFourOf, shownText, wellFormedText, wholeKey } from "../../model/answers";
import { jsonSchema } from "../../model/jsonSchema";
import { withoutKeysIn } from "../../model/redact";

/** Where LaunchDarkly has a token, and all of them. */
export const TOKENS = "/api/v2/tokens";
export const tokenPath = (id = "") => `${TOKENS}/${encodeURIComponent(id)}`;

const instant = epochMilliseconds.catch(null);

/** Treat malformed fields as absent: none of them is worth losing a key for. */
export const accessTokenSchema = z.object({
  /** The last four characters of the key; the whole key in the answers to create and reset. */
  token: wellFormedText.nullable().catch(null),
  name: shownText.nullable().catch(null),
  role: shownText.nullable().catch(null),
  customRoleIds: z.array(shownText).nullable().catch(null),
  serviceToken: z.boolean().nullable().catch(null),
  defaultApiVersion: z.number().int().nullable().catch(null),
  lastModified: epochMilliseconds.catch(null),
  /** From when on LaunchDarkly refuses the token; null for never. */
  expiry: instant.transform((expiry) => (expiry === 0 ? null : expiry)),
});

/** The same, with its id and all that matters to a stack that owns it. Never a whole key. */
const shownTokenSchema = accessTokenSchema.extend({
  _id: shownText.pipe(z.string().min(1)),
  token: wellFormedText.transform(lastFourOf).nullable().catch(null),
  description: shownText.nullable().catch(null),
  inlineRole: z
    .array(jsonSchema.transform((statement) => withoutKeysIn(statement)))
    .nullable()
    .catch(null),
  creationDate: instant,
  /** 0 while it has never been used. */
  lastUsed: instant,
});

/** A use before the token was there is none that is known. */
export const tokenRecordSchema = shownTokenSchema.transform(({ _id: id, token: lastFour, ...record }) => {
  const { creationDate, lastUsed } = record;
  const isImpossible = creationDate !== null && lastUsed !== null && lastUsed > 0 && lastUsed < creationDate;
  return {
    id,
    key: null as string | null,
    lastFour,
    version: null as number | null,
    ...record,
    lastUsed: isImpossible ? null : lastUsed,
  };
});

export type TokenRecord = z.infer<typeof tokenRecordSchema>;

export function readTokenRecord(body: unknown): TokenRecord | undefined {
  return tokenRecordSchema.safeParse(body).data;
}

/** The whole key in the answer to a creation or a reset. */
export function readNewTokenKey(body: unknown): string | undefined {
  return wholeKey(accessTokenSchema.safeParse(body).data?.token);
}
