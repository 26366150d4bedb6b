/** What a resource that owns its access token remembers between two runs. ownedOutputs.ts gives it its shape in a stack. */
import { z } from "zod";

import { jsonSchema } from "./json";

const optionalText = z.string().nullable().default(null);
const optionalNumber = z.number().nullable().default(null);

/** What can be changed of a token. Undefined: nothing was asked for, or LaunchDarkly did not say. */
const settingsSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  role: z.string().optional(),
  customRoleIds: z.array(z.string()).optional(),
  inlineRole: z.array(jsonSchema).optional(),
  defaultApiVersion: z.number().optional(),
});

/** What is known of the end of a previous token, in epoch milliseconds of LaunchDarkly's clock. */
export const retirementSchema = z.object({
  id: z.string(),
  /** When the stack handed its successor on; null while that one is not proven. */
  retiredAt: z.number().nullable(),
  /** When it ends, as LaunchDarkly has confirmed; null while it has no end. */
  end: z.number().nullable(),
  /** Whether LaunchDarkly knows no expiry, so that a later run has to delete the token at its end. */
  byDeletion: z.boolean(),
});

/** States written by older releases must pass: a property added later needs a default. */
export const recordSchema = z.object({
  /** What tells the resource from all others: its id, and in the marks of its tokens. */
  nonce: z.string(),
  /** Whether its tokens are service tokens: LaunchDarkly can't change that. */
  isServiceToken: z.boolean().default(true),
  /** The current key; null while there is none. */
  token: optionalText,
  tokenId: optionalText,
  tokenLastFour: optionalText,
  /** The triggers as they were at the last rotation. */
  triggers: jsonSchema.default(null),
  /** When the token before the current one ends or ended. */
  oldKeyExpiresAt: optionalText,
  lastRotatedAt: optionalText,
  /** When a token that existed was taken over; null if the resource began with one of its own. */
  adoptedAt: optionalText,
  /** The sequence number in the current token's mark: how many tokens the resource has made, as far as is known. */
  rotationCount: z.number().default(0),
  lastRotationReason: optionalText,
  /** Whether the key still has to prove that it works. */
  verificationPending: z.boolean().default(false),
  /** Whether a token may exist at LaunchDarkly that bears the resource's mark, and that is not in the state. */
  openMark: z.boolean().default(false),
  /** The attempts, by their marks, whose answer was lost: nobody can have the key of a token that one of them made. */
  openAttempts: z.array(z.string()).default([]),
  /** A token of the resource that was made later than the current one, and whose key is not in the state. */
  newerToken: z.object({ id: z.string(), lastFour: optionalText }).nullable().default(null),
  /** Whether the current token was deleted by somebody else. */
  isGone: z.boolean().default(false),
  /** When the current token ends by an expiry that somebody else gave it, in epoch milliseconds. */
  foreignExpiry: optionalNumber,
  /** When the current token was last used, in epoch milliseconds, as far as the stack has seen. */
  lastUsed: optionalNumber,
  /** What the stack asked LaunchDarkly to make of the current token. */
  settings: settingsSchema.default({}),
  /** What LaunchDarkly made of it. Another value later was set by somebody else. */
  shown: settingsSchema.default({}),
});

export type TokenSettings = z.infer<typeof settingsSchema>;

export type Previous = z.infer<typeof retirementSchema> & {
  readonly lastFour: string | null;
  /** Epoch milliseconds; 0 for never, null if LaunchDarkly has not said. */
  readonly lastUsed: number | null;
};

export interface OwnedState extends z.infer<typeof recordSchema> {
  /** The tokens that are retired, or are to be: newest first. */
  readonly previous: readonly Previous[];
}

/** The state of a resource that has no token yet. */
export function newOwnedState(nonce: string, isServiceToken: boolean): OwnedState {
  return { ...recordSchema.parse({ nonce, isServiceToken }), previous: [] };
}
