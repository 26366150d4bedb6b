/** An access token as the sandbox keeps it, and as its API shows it. */
import { randomBytes, randomUUID } from "node:crypto";

import { z } from "zod";

import { type OpenQuestions, UNANSWERED } from "./openQuestions";

const keySchema = z.object({
  value: z.string(),
  /** Epoch milliseconds from which on the key is refused; null for the current key. */
  expiresAt: z.number().nullable(),
});

const names = z.array(z.string()).optional();

/** A statement of a role. Source: LaunchDarkly's OpenAPI description, schema StatementPost. */
const statementSchema = z
  .object({
    effect: z.enum(["allow", "deny"]),
    actions: names,
    notActions: names,
    resources: names,
    notResources: names,
  })
  .refine(({ actions, notActions }) => !(actions?.length && notActions?.length), "actions or notActions")
  .refine(({ resources, notResources }) => !(resources?.length && notResources?.length), "resources or notResources");

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
});

export const accessTokenSchema = settingsSchema.extend({
  id: z.string(),
  memberId: z.string(),
  creationDate: z.number(),
  lastModified: z.number(),
  lastUsed: z.number(),
  /** The current key, and the old ones, newest first. */
  keys: z.tuple([keySchema], keySchema),
});

export type Statement = z.infer<typeof statementSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type AccessToken = z.infer<typeof accessTokenSchema>;

/** The sandbox's account; every token belongs to it. */
export const ACCOUNT_ID = "569f514156e003339cfd3917";

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
    keys: [newKey()],
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
  { endsOlderGrace }: Pick<OpenQuestions, "endsOlderGrace"> = UNANSWERED,
): AccessToken {
  const [current, ...older] = token.keys;
  const ended = older.map((key) => (isAlive(key, now) ? { ...key, expiresAt: now } : key));
  return {
    ...token,
    lastModified: now,
    keys: [newKey(), { ...current, expiresAt: expiry }, ...(endsOlderGrace ? ended : older)],
  };
}

export function isAlive(key: z.infer<typeof keySchema>, now: number): boolean {
  return key.expiresAt === null || key.expiresAt > now;
}

/** The token as GET, list and patch show it, with the last four characters of its key. */
export function present(token: AccessToken, { timestampsAsText }: Pick<OpenQuestions, "timestampsAsText">): object {
  const { id, keys, creationDate, lastModified, lastUsed, memberId, ...settings } = token;
  const timestamp = (epochMilliseconds: number) => (timestampsAsText ? String(epochMilliseconds) : epochMilliseconds);
  return {
    _id: id,
    ownerId: ACCOUNT_ID,
    memberId,
    ...settings,
    serviceToken: settings.serviceToken ?? false,
    customRoleIds: settings.customRoleIds ?? [],
    inlineRole: settings.inlineRole ?? [],
    creationDate: timestamp(creationDate),
    lastModified: timestamp(lastModified),
    lastUsed: timestamp(lastUsed),
    token: keys[0].value.slice(-4),
    defaultApiVersion: settings.defaultApiVersion ?? 20240415,
    _links: { parent: link("/api/v2/tokens"), self: link(`/api/v2/tokens/${id}`) },
  };
}

/** The token as create and reset show it, with its whole key. */
export function presentWithKey(token: AccessToken, openQuestions: OpenQuestions): object {
  return { ...present(token, openQuestions), token: token.keys[0].value };
}

export function link(href: string): { href: string; type: string } {
  return { href, type: "application/json" };
}

export function newId(): string {
  return randomBytes(12).toString("hex");
}

function newKey() {
  return { value: `api-${randomUUID()}`, expiresAt: null };
}
