/** What a resource that owns its credential remembers between two runs. outputs.ts gives it its names in a stack. */
import { z } from "zod";

import type { Fixed, Settings } from "./answers";
import { jsonSchema } from "./jsonSchema";
import { homeSchema, instant } from "./state";

const optionalText = z.string().nullable().default(null);
const optionalInstant = instant.nullable().default(null);
const settings = z.record(z.string(), jsonSchema).default({});

/** What is known of the end of a previous record, in epoch milliseconds of LaunchDarkly's clock. */
export const retirementSchema = z.object({
  id: z.string(),
  /** When the stack handed its successor on; null while that one is not verified. */
  retiredAt: instant.nullable(),
  /** Whether that is only what the end says, by the grace of that time; older states lack it. */
  isEstimate: z.boolean().optional(),
  /** When it ends, as LaunchDarkly has confirmed; null while it has no end. */
  end: instant.nullable(),
  /** The end that was asked for, of which LaunchDarkly has made `end`; older states lack it. */
  asked: instant.optional(),
  /** Whether LaunchDarkly knows no expiry, so that a later run has to delete the record at its end. */
  byDeletion: z.boolean(),
});

/**
 * What every credential's state holds under the same name. States written by older releases must pass: a property added
 * later needs a default.
 */
export const ownedRecordSchema = z.object({
  /** What tells the resource from all others: its id, and in the marks of its records. */
  nonce: z.string(),
  /** The triggers as they were at the last rotation. */
  triggers: jsonSchema.default(null),
  /** When the record before the current one ends or ended. */
  oldKeyExpiresAt: optionalText,
  lastRotatedAt: optionalText,
  /** When a record that existed was taken over; null if the resource began with one of its own. */
  adoptedAt: optionalText,
  /** The sequence number in the current record's mark: how many the resource has made, as far as is known. */
  rotationCount: z.number().default(0),
  lastRotationReason: optionalText,
  /** Whether the resource was imported, and the program's triggers are still to be noted: they ask for no rotation. */
  baselinePending: z.boolean().default(false),
  /** Whether it has still to be verified that the key works. */
  verificationPending: z.boolean().default(false),
  /** Whether a record may exist at LaunchDarkly that bears the resource's mark, and that is not in the state. */
  openMark: z.boolean().default(false),
  /** When a look first left that open, in epoch milliseconds; null if none has. */
  openSince: optionalInstant,
  /** Whether that is open because the resource takes the place of one of its name, which a later run may still delete. */
  isReplacement: z.boolean().default(false),
  /** The attempts, by their marks, whose answer was lost: nobody can have the key of a record that one of them made. */
  openAttempts: z.array(z.string()).default([]),
  /** Whether the current record was deleted by somebody else. */
  isGone: z.boolean().default(false),
  /** When the current record ends by an expiry that somebody else gave it, in epoch milliseconds. */
  foreignExpiry: optionalInstant,
  /** When the current record was last used, in epoch milliseconds, as far as the stack has seen. */
  lastUsed: optionalInstant,
  /** What the stack asked LaunchDarkly to make of the current record. */
  settings,
  /** What LaunchDarkly made of it. Another value later was set by somebody else. */
  shown: settings,
  /** Where it lives; null in a state of an older release, until a call writes it. */
  home: homeSchema.nullable().default(null),
});

/** A record that the current one has replaced. */
export type Previous = z.infer<typeof retirementSchema> & {
  readonly lastFour: string | null;
  /** Epoch milliseconds; 0 for never, null if LaunchDarkly has not said. */
  readonly lastUsed: number | null;
};

export interface OwnedState extends Omit<z.infer<typeof ownedRecordSchema>, "settings" | "shown"> {
  /** The current key; null while there is none. */
  readonly key: string | null;
  /** LaunchDarkly's id of the current record; null while there is none. */
  readonly currentId: string | null;
  readonly lastFour: string | null;
  /** What can't be changed of its records. */
  readonly fixed: Fixed;
  readonly settings: Settings;
  readonly shown: Settings;
  /** A record of the resource that was made later than the current one, and whose key is not in the state. */
  readonly newer: { readonly id: string; readonly lastFour: string | null } | null;
  /** The records that are retired, or are to be: newest first. */
  readonly previous: readonly Previous[];
}

/** The state of a resource that has no record yet. */
export function newOwnedState(nonce: string, fixed: Fixed): OwnedState {
  const record = ownedRecordSchema.parse({ nonce });
  return { ...record, key: null, currentId: null, lastFour: null, fixed, newer: null, previous: [] };
}
