/** What a rotation remembers between two runs, in the core's own words. outputs.ts gives them their names in a stack. */
import { z } from "zod";

import type { Json } from "./json";
import { jsonSchema } from "./jsonSchema";

/** Where a credential lives: which LaunchDarkly, and which account there. */
export const homeSchema = z.object({
  /** Scheme and host, as in `https://app.launchdarkly.com`. */
  host: z.string(),
  /** LaunchDarkly's id of the account; null while nobody has said it. */
  accountId: z.string().nullable(),
});

export type Home = z.infer<typeof homeSchema>;

/** What no key looks like, since it is kept and shown as it is. */
export const accountId = z.string().regex(/^\w{1,64}$/);

/** By what LaunchDarkly knows a credential, such as `{ tokenId }`. */
export type Identity = Readonly<Record<string, string>>;

/** What LaunchDarkly says of a credential, as outputs of the resource. */
export type Details = Readonly<Record<string, Json>>;

/** The most milliseconds from 1970, either way, that are an instant of a Date. */
const FARTHEST = 8.64e15;

/** In epoch milliseconds. What is no instant, in a state that was edited by hand, is refused before it is shown. */
export const instant = z.number().min(-FARTHEST).max(FARTHEST);

/** Asked for by the name of the property; an older state may lack it, and then the default holds. */
const optionalText = z.string().nullable().default(null);

/** A reset whose answer was lost. */
const lostResetSchema = z.object({
  /** When it was sent, in epoch milliseconds of LaunchDarkly's clock. */
  sentAt: instant,
  /** The expiry it asked for, in epoch milliseconds; null for immediately. */
  expiry: instant.nullable(),
  /** Whether LaunchDarkly carried it out: true, or null while nobody knows. */
  processed: z.literal(true).nullable(),
});

/** A reset that may be carried out yet, of a key that can be read: what the rotation is recorded with if it was. */
const openResetSchema = z.object({
  triggers: jsonSchema,
  reason: z.string(),
  sentAt: instant,
  expiry: instant.nullable(),
});

/** An end that somebody else has set for the record, and so for each of its keys. */
const foreignEndSchema = z.object({
  /** Epoch milliseconds. */
  at: instant,
  /** Whether LaunchDarkly still showed it after the last reset. */
  outlastsReset: z.boolean().default(false),
});

export type ForeignEnd = z.infer<typeof foreignEndSchema>;

/**
 * What every credential's state holds under the same name. States written by older releases must pass: a property
 * added later needs a default, and one that is no longer used is dropped.
 */
export const recordSchema = z.object({
  /** The triggers as they were at the last rotation: the baseline that changes are measured against. */
  triggers: jsonSchema.default(null),
  oldKeyExpiresAt: optionalText,
  lastRotatedAt: optionalText,
  /** When the stack took over a key that was in use, as an ISO 8601 instant; null if it began with a reset. */
  adoptedAt: optionalText,
  rotationCount: z.number().default(0),
  lastRotationReason: optionalText,
  /** Whether the resource was imported, and the program's triggers are still to be noted: they ask for no rotation. */
  baselinePending: z.boolean().default(false),
  /** Whether it has still to be verified that the key works. */
  verificationPending: z.boolean().default(false),
  /** Whether LaunchDarkly refused the key at a refresh, although the last four characters are the same. */
  keyRefused: z.boolean().default(false),
  /** Whether a reset that was taken for lost, and sent again, may still be carried out: the next run looks. */
  lateResetPossible: z.boolean().default(false),
  /** Set while the stack does not hold, or may not hold, the current key. */
  lostReset: lostResetSchema.nullable().default(null),
  /** Set while a reset of a readable key is in doubt, or may come late. A secret output, because triggers may be. */
  openReset: openResetSchema.nullable().default(null),
  /** When it last changed at LaunchDarkly as far as the stack knows, in LaunchDarkly's epoch milliseconds. */
  lastModified: instant.nullable().default(null),
  /** Null while there is none that the stack knows. */
  foreignEnd: foreignEndSchema.nullable().default(null),
  /** Where it lives; null in a state of an older release, until a call writes it. */
  home: homeSchema.nullable().default(null),
});

export interface State extends z.infer<typeof recordSchema> {
  readonly identity: Identity;
  /** The current key; null while nobody holds one, because LaunchDarkly's answer to the reset was lost. */
  readonly key: string | null;
  /** What LaunchDarkly shows of the key that is current there. Not the end of `key`: the key was reset elsewhere. */
  readonly lastFour: string | null;
  readonly details: Details;
}

export type OpenReset = z.infer<typeof openResetSchema>;
