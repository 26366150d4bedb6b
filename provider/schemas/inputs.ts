/** The inputs of an access token rotation, as Pulumi hands them to the provider. */
import { z } from "zod";

import { type Json, jsonSchema } from "./json";
import { type OldKeyExpiry, oldKeyExpirySchema } from "./oldKeyExpiry";
import { UNKNOWN_VALUE } from "./unknownValue";

const ID_EXAMPLE = '"61095542756dba551110ae21"';

const tokenId = z
  .string({ error: `is required: the id of the access token to rotate, a string such as ${ID_EXAMPLE}` })
  .superRefine((value, context) => {
    if (value === UNKNOWN_VALUE) return;
    if (/^\s*(?:api|sdk|mob|rel)-/.test(value)) {
      context.addIssue("must be the id of the access token, not a key; LaunchDarkly shows the id in the token's URL");
    } else if (!/^\w{1,64}$/.test(value)) {
      context.addIssue(`must be the id of an access token: letters and digits only, such as ${ID_EXAMPLE}`);
    }
  });

const triggers = jsonSchema.default(null);

const verify = z
  .union([z.boolean(), z.literal(UNKNOWN_VALUE).transform(() => true)], { error: "must be true or false" })
  .default(true);

/**
 * All inputs and the form each must have. A value that Pulumi does not know yet passes. Properties that the schema
 * does not know are refused, so that a slip of the pen in a name is noticed.
 */
export const inputsSchema = z.strictObject({
  tokenId,
  triggers,
  oldKeyExpiry: oldKeyExpirySchema.optional(),
  verify,
});

/** The inputs, read. */
export interface Inputs {
  /** Or the unknown value, in a preview. */
  readonly tokenId: string;
  /** The JSON value whose change asks for a rotation; null when there is none. May hold unknown values in a preview. */
  readonly triggers: Json;
  /** When the old key dies; undefined when the stack does not say. */
  readonly oldKeyExpiry?: OldKeyExpiry | undefined;
  readonly verify: boolean;
}
