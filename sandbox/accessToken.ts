/** An access token as the sandbox keeps it, and as its API shows it. */
import { z } from "zod";

import { keysSchema, lastFour, newKey, replaceKey } from "./key";
import { type OpenQuestions, UNANSWERED } from "./openQuestions";
import { link, newId, timestamp } from "./representation";
import { statementSchema } from "./statement";

export const ROLES = ["reader", "writer", "admin"] as const;

/** What a caller may say of a token when creating or patching it. */
export const settingsSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  role: z.enum(ROLES).optional(),
  customRoleIds: z.array(z.string()).optional(),
  inlineRole: z.array(statementSchema).optional(),
  serviceToken: z.boolean().optional(),
  defaultApiVersion: z.number().int().optional(),
  /** Epoch milliseconds from which on LaunchDarkly refuses the token, whichever of its keys is used. */
  expiry: z.number().int().optional(),
});

export const accessTokenSchema = settingsSchema.extend({
  id: z.string(),
  memberId: z.string(),
  creationDate: z.number(),
  lastModified: z.number(),
  lastUsed: z.number(),
  keys: keysSchema,
});

export type Settings = z.infer<typeof settingsSchema>;
export type AccessToken = z.infer<typeof accessTokenSchema>;

/** The sandbox's account; every token belongs to it. */
export const ACCOUNT_ID = "569f514156e003339cfd3917";

/** The ids of the account's members. The first one made the admin key and, unless they say otherwise, all tokens. */
export const MEMBER_IDS = ["569f514183f2164430000002", "569f514183f2164430000003"] as const;

export function createAccessToken(settings: Settings, memberId: string, now: number): AccessToken {
  const hasRole = settings.role ?? settings.customRoleIds ?? settings.inlineRole;
  return {
    ...settings,
    ...(hasRole === undefined && { role: "reader" as const }),
    id: newId(),
    memberId,
    creationDate: now,
    lastModified: now,
    lastUsed: 0,
    keys: [newKey("api")],
  };
}

/**
 * Gives the token a new current key. The key that was current dies at the expiry; keys that are older die when they
 * would have died anyway, or at once.
 *
 * @param expiry epoch milliseconds
 */
export function resetKey(
  token: AccessToken,
  expiry: number,
  now: number,
  { endsOlderGrace, liftsTokenExpiry }: Pick<OpenQuestions, "endsOlderGrace" | "liftsTokenExpiry"> = UNANSWERED,
): AccessToken {
  const keys = replaceKey(token.keys, { prefix: "api", expiry, now, endsOlderGrace });
  const reset = { ...token, lastModified: now, keys };
  if (liftsTokenExpiry) delete reset.expiry;
  return reset;
}

export function hasExpired({ expiry }: Pick<AccessToken, "expiry">, now: number): boolean {
  return expiry !== undefined && expiry <= now;
}

/** The token as GET, list and patch show it, with the last four characters of its key. */
export function present(token: AccessToken, openQuestions: Pick<OpenQuestions, "timestampsAsText">): object {
  const { id, keys, creationDate, lastModified, lastUsed, memberId, ...settings } = token;
  return {
    _id: id,
    ownerId: ACCOUNT_ID,
    memberId,
    ...settings,
    serviceToken: settings.serviceToken ?? false,
    customRoleIds: settings.customRoleIds ?? [],
    inlineRole: settings.inlineRole ?? [],
    creationDate: timestamp(creationDate, openQuestions),
    lastModified: timestamp(lastModified, openQuestions),
    lastUsed: timestamp(lastUsed, openQuestions),
    token: lastFour(keys),
    defaultApiVersion: settings.defaultApiVersion ?? 20240415,
    _links: { parent: link("/api/v2/tokens"), self: link(`/api/v2/tokens/${id}`) },
  };
}

/** The token as create and reset show it, with its whole key. */
export function presentWithKey(token: AccessToken, openQuestions: OpenQuestions): object {
  return { ...present(token, openQuestions), token: token.keys[0].value };
}
