/** What LaunchDarkly says of an access token. Source: LaunchDarkly's OpenAPI description, schema Token. */
import { z } from "zod";

/** LaunchDarkly writes epoch milliseconds as a number here and as a string of digits there. */
const epochMilliseconds = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullable();

/**
 * An access token, without its key. Every field may be missing or odd, and then counts as not said: none of this is
 * worth losing a key for.
 */
export const accessTokenSchema = z.object({
  /** The last four characters of the key; the whole key in the answers to create and reset. */
  token: z.string().nullable().catch(null),
  name: z.string().nullable().catch(null),
  role: z.string().nullable().catch(null),
  customRoleIds: z.array(z.string()).catch([]),
  serviceToken: z.boolean().nullable().catch(null),
  defaultApiVersion: z.number().nullable().catch(null),
  lastModified: epochMilliseconds.catch(null),
});

export interface AccessToken {
  readonly lastFour: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly customRoleIds: string[];
  readonly serviceToken: boolean | null;
  readonly defaultApiVersion: number | null;
  /** Epoch milliseconds. */
  readonly lastModified: number | null;
}
