/** The inputs of an access token rotation, as Pulumi hands them to the provider. */
import { z } from "zod";

import { parseDuration } from "./duration";
import { type Json, jsonSchema } from "./json";
import { type OldKeyExpiry, oldKeyExpirySchema } from "./oldKeyExpiry";
import { UNKNOWN_VALUE } from "./unknownValue";

/** A duration, and how it was written. */
export interface RotateAfter {
  readonly text: string;
  readonly milliseconds: number;
}

const DURATION = 'a duration such as "90d", "12w" or "P90D"';

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

/** A switch; while Pulumi does not know it, it counts as what it is by default. */
function flag(byDefault: boolean) {
  return z
    .union([z.boolean(), z.literal(UNKNOWN_VALUE).transform(() => byDefault)], { error: "must be true or false" })
    .default(byDefault);
}

const rotateAfter = z.string({ error: `must be ${DURATION}` }).transform((input, context): RotateAfter | undefined => {
  if (input === UNKNOWN_VALUE) return undefined;
  const milliseconds = parseDuration(input);
  if (milliseconds !== undefined) return { text: input.trim(), milliseconds };
  context.addIssue(`must be ${DURATION}; it has one unit (ms, s, m, h, d or w) and is no longer than a century`);
  return z.NEVER;
});

/** Its messages never repeat it: it is a key. */
const initialToken = z
  .string({ error: "must be the key that is in use now, a string such as api-…" })
  .superRefine((value, context) => {
    if (value === UNKNOWN_VALUE) return;
    if (/^(?:sdk|mob|rel)-/.test(value)) {
      context.addIssue("is the key of an SDK or a relay proxy; it must be the key of the access token (api-…)");
    } else if (!/^[\x21-\x7e]{5,}$/.test(value)) {
      context.addIssue(
        "must be the whole key that is in use now (api-…), without blanks; to reset the token, leave it out",
      );
    }
  });

/**
 * All inputs and the form each must have. A value that Pulumi does not know yet passes. Properties that the schema
 * does not know are refused, so that a slip of the pen in a name is noticed.
 */
export const inputsSchema = z.strictObject({
  tokenId,
  triggers,
  oldKeyExpiry: oldKeyExpirySchema.optional(),
  rotateAfter: rotateAfter.optional(),
  initialToken: initialToken.optional(),
  verify: flag(true),
  allowSelfRotation: flag(false),
});

/** The inputs, read. */
export interface Inputs {
  /** Or the unknown value, in a preview. */
  readonly tokenId: string;
  /** The JSON value whose change asks for a rotation; null when there is none. May hold unknown values in a preview. */
  readonly triggers: Json;
  /** When the old key dies; undefined when the stack does not say. */
  readonly oldKeyExpiry?: OldKeyExpiry | undefined;
  /** How old a key may get; undefined for any age, and while Pulumi does not know it. */
  readonly rotateAfter?: RotateAfter | undefined;
  /** The key to take over when the resource is created, or the unknown value; undefined to reset the token then. */
  readonly initialToken?: string | undefined;
  readonly verify: boolean;
  readonly allowSelfRotation: boolean;
}
