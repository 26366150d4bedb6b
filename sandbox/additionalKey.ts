/** A key that an environment has beside its default ones, as the sandbox keeps it. It may be an SDK key or a mobile key. */
import { z } from "zod";

import { type Key, type KeyPrefix, newKey } from "./key";
import type { OpenQuestions } from "./openQuestions";
import { newId } from "./representation";

export const kindSchema = z.enum(["sdk", "mobile"]);

export type KeyKind = z.infer<typeof kindSchema>;

export const PREFIXES: Readonly<Record<KeyKind, KeyPrefix>> = { sdk: "sdk", mobile: "mob" };

/** What a patch may change. */
export const changesSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  /** Epoch milliseconds from which on the key is refused. */
  expiry: z.number().int().optional(),
  /** The views that the key is limited to. The sandbox has no views, and takes any. */
  viewKeys: z.array(z.string()).optional(),
});

/** What somebody says of a key when creating it. */
export const additionalKeySettingsSchema = changesSchema.extend({
  /** LaunchDarkly's identifier of the key, chosen by whoever creates it. */
  keyId: z.string(),
  kind: kindSchema,
  name: z.string(),
});

export const additionalKeySchema = additionalKeySettingsSchema.extend({
  id: z.string(),
  /** The environment's, not its key. */
  environmentId: z.string(),
  value: z.string(),
  memberId: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  version: z.number().int(),
  /** Epoch milliseconds; a deleted key is kept, because its identifier stays taken. */
  deletedAt: z.number().optional(),
});

export type AdditionalKeyChanges = z.infer<typeof changesSchema>;
export type AdditionalKeySettings = z.infer<typeof additionalKeySettingsSchema>;
export type AdditionalKey = z.infer<typeof additionalKeySchema>;

export function createAdditionalKey(
  settings: AdditionalKeySettings,
  { environmentId, memberId, now }: { environmentId: string; memberId: string; now: number },
): AdditionalKey {
  const { value } = newKey(PREFIXES[settings.kind]);
  return {
    ...settings,
    id: newId(),
    environmentId,
    memberId,
    value,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

export function changed(key: AdditionalKey, changes: AdditionalKeyChanges, now: number): AdditionalKey {
  const { name = key.name } = changes;
  return { ...key, ...changes, name, updatedAt: now, version: key.version + 1 };
}

/** Its key, which dies at its expiry or with its deletion. */
export function keyOf({ value, expiry = Infinity, deletedAt = Infinity }: AdditionalKey): Key {
  const end = Math.min(expiry, deletedAt);
  return { value, expiresAt: end === Infinity ? null : end };
}

/** Whether no other key of the environment may have its identifier. */
export function holdsIdentifier(
  { deletedAt }: AdditionalKey,
  now: number,
  { keyIdStaysTakenMs }: Pick<OpenQuestions, "keyIdStaysTakenMs">,
): boolean {
  return deletedAt === undefined || now < deletedAt + keyIdStaysTakenMs;
}
