/** What LaunchDarkly says of an access token. Source: LaunchDarkly's OpenAPI description, schema Token. */
import { z } from "zod";

/** LaunchDarkly writes epoch milliseconds as a number here and as a string of digits there. */
const epochMilliseconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().min(0))
  .nullable();

/** Half of a surrogate pair can't cross gRPC: the answer would be lost on its way into the state, and the key with it. */
const text = z.string().transform((value) => value.toWellFormed());

/**
 * An access token, without its key. Every field may be missing or odd, and then counts as not said: none of this is
 * worth losing a key for.
 */
export const accessTokenSchema = z.object({
  /** The last four characters of the key; the whole key in the answers to create and reset. */
  token: text.nullable().catch(null),
  name: text.nullable().catch(null),
  role: text.nullable().catch(null),
  customRoleIds: z.array(text).nullable().catch(null),
  serviceToken: z.boolean().nullable().catch(null),
  defaultApiVersion: z.number().int().nullable().catch(null),
  lastModified: epochMilliseconds.catch(null),
});

export interface AccessToken {
  readonly lastFour: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly customRoleIds: string[] | null;
  readonly serviceToken: boolean | null;
  readonly defaultApiVersion: number | null;
  /** Epoch milliseconds. */
  readonly lastModified: number | null;
}
