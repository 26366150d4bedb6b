/** What a rotation remembers between two runs: the outputs of the resource, as Pulumi keeps them. */
import { z } from "zod";

import { jsonSchema } from "./json";

/** Asked for by the name of the property; an older state may lack it, and then the default holds. */
const optionalText = z.string().nullable().default(null);

/** A reset whose answer was lost. */
const lostResetSchema = z.object({
  /** When it was sent, in epoch milliseconds of LaunchDarkly's clock. */
  sentAt: z.number(),
  /** The expiry it asked for, in epoch milliseconds; null for immediately. */
  expiry: z.number().nullable(),
  /** Whether LaunchDarkly carried it out: true, or null while nobody knows. */
  processed: z.literal(true).nullable(),
});

/**
 * The state. States written by older releases must pass: a property added later needs a default, and one that is
 * no longer used is dropped.
 */
export const stateSchema = z.object({
  tokenId: z.string(),
  /** The triggers as they were at the last rotation: the baseline that changes are measured against. */
  triggers: jsonSchema.default(null),
  /** The current key; null while nobody holds one, because LaunchDarkly's answer to the reset was lost. */
  token: optionalText,
  /** What LaunchDarkly shows of the key that is current there. Not the end of `token`: the key was reset elsewhere. */
  tokenLastFour: optionalText,
  oldKeyExpiresAt: optionalText,
  lastRotatedAt: optionalText,
  /** When the stack took over a key that was in use, as an ISO 8601 instant; null if it began with a reset. */
  adoptedAt: optionalText,
  rotationCount: z.number().default(0),
  lastRotationReason: optionalText,
  /** Whether `token` still has to prove that it works. */
  verificationPending: z.boolean().default(false),
  /** Whether LaunchDarkly refused `token` at a refresh, although the last four characters are the same. */
  keyRefused: z.boolean().default(false),
  /** Whether a reset that was taken for lost, and sent again, may still be carried out: the next run looks. */
  lateResetPossible: z.boolean().default(false),
  /** Set while the stack does not hold, or may not hold, the current key. */
  lostReset: lostResetSchema.nullable().default(null),
  /** When the token last changed at LaunchDarkly as far as the stack knows, in LaunchDarkly's epoch milliseconds. */
  lastModified: z.number().nullable().default(null),
  name: optionalText,
  role: optionalText,
  customRoleIds: z.array(z.string()).default([]),
  serviceToken: z.boolean().nullable().default(null),
  defaultApiVersion: z.number().nullable().default(null),
});

export type State = z.infer<typeof stateSchema>;
export type LostReset = z.infer<typeof lostResetSchema>;
