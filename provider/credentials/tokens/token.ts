/** An access token as LaunchDarkly's answers show it. Source: LaunchDarkly's OpenAPI description, schema Token. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { epochMilliseconds, lastFourOf, shownText, wellFormedText, wholeKey } from "../../model/answers";
import { jsonSchema } from "../../model/json";
import { withoutKeysIn } from "../../model/redact";

/** A statement of a role: what it allows or denies, and where. LaunchDarkly checks it. */
export interface PolicyStatement {
  /** `allow` or `deny`. */
  readonly effect: pulumi.Input<string>;
  /** What the statement is about, such as `updateOn`; `*` for everything. Not beside `notActions`. */
  readonly actions?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** What the statement is not about. */
  readonly notActions?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Where it holds, such as `proj/*:env/production:flag/*`. Not beside `notResources`. */
  readonly resources?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Where it does not hold. */
  readonly notResources?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** A base role: those of the schema AccessTokenPost in LaunchDarkly's OpenAPI description, or a later one. */
export type BaseRole = "reader" | "writer" | "admin" | (string & {});

/** The settings of an access token that the stack makes. */
export interface TokenSettingsArgs {
  /** The name of the token at LaunchDarkly. A change renames the current token; its key stays. */
  readonly name: pulumi.Input<string>;

  /**
   * The description of the token. The resource adds a mark at its end, such as
   * `[Pulumi shop/production/ci 9f86d081884c7d65 #3-5f3a09bc]`, by which it finds its tokens again.
   *
   * @default none but the mark
   */
  readonly description?: pulumi.Input<string> | undefined;

  /**
   * The token's base role: `reader`, `writer`, `admin`, or another one that LaunchDarkly knows. Only one of `role`,
   * `customRoleIds` and `inlineRole` may be given. A change is made to the current token; its key stays.
   *
   * @default LaunchDarkly's own
   */
  readonly role?: pulumi.Input<BaseRole> | undefined;

  /** The ids of the token's custom roles, in the place of `role`. @default none */
  readonly customRoleIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;

  /** The token's own policy statements, in the place of `role`. @default none */
  readonly inlineRole?: pulumi.Input<pulumi.Input<PolicyStatement>[]> | undefined;

  /**
   * Whether it is a service token. Otherwise it is a personal token of the member whose key the stack authenticates
   * with. A change replaces the resource; the old key keeps working for `oldKeyExpiry`.
   *
   * @default true
   */
  readonly serviceToken?: pulumi.Input<boolean> | undefined;

  /** The API version that requests with the token use if they name none. @default LaunchDarkly's own */
  readonly defaultApiVersion?: pulumi.Input<number> | undefined;
}

/** Where LaunchDarkly has a token, and all of them. */
export const TOKENS = "/api/v2/tokens";
export const tokenPath = (id = "") => `${TOKENS}/${encodeURIComponent(id)}`;

/** Treat malformed fields as absent: none of them is worth losing a key for. */
export const accessTokenSchema = z.object({
  /** The last four characters of the key; the whole key in the answers to create and reset. */
  token: wellFormedText.nullable().catch(null),
  name: shownText.nullable().catch(null),
  role: shownText.nullable().catch(null),
  customRoleIds: z.array(shownText).nullable().catch(null),
  serviceToken: z.boolean().nullable().catch(null),
  defaultApiVersion: z.number().int().nullable().catch(null),
  lastModified: epochMilliseconds.catch(null),
});

const instant = epochMilliseconds.catch(null);

/** The same, with its id and all that matters to a stack that owns it. Never a whole key. */
const shownTokenSchema = accessTokenSchema.extend({
  _id: shownText.pipe(z.string().min(1)),
  token: wellFormedText.transform(lastFourOf).nullable().catch(null),
  description: shownText.nullable().catch(null),
  inlineRole: z
    .array(jsonSchema.transform((statement) => withoutKeysIn(statement)))
    .nullable()
    .catch(null),
  creationDate: instant,
  /** 0 while it has never been used. */
  lastUsed: instant,
  /** From when on LaunchDarkly refuses it; null for never. */
  expiry: instant.transform((expiry) => (expiry === 0 ? null : expiry)),
});

/** A use before the token was there is none that is known. */
export const tokenRecordSchema = shownTokenSchema.transform(({ _id: id, token: lastFour, ...record }) => {
  const { creationDate, lastUsed } = record;
  const isImpossible = creationDate !== null && lastUsed !== null && lastUsed > 0 && lastUsed < creationDate;
  return {
    id,
    key: null as string | null,
    lastFour,
    version: null as number | null,
    ...record,
    lastUsed: isImpossible ? null : lastUsed,
  };
});

export type TokenRecord = z.infer<typeof tokenRecordSchema>;

export function readTokenRecord(body: unknown): TokenRecord | undefined {
  return tokenRecordSchema.safeParse(body).data;
}

/** The whole key in the answer to a creation or a reset. */
export function readNewTokenKey(body: unknown): string | undefined {
  return wholeKey(accessTokenSchema.safeParse(body).data?.token);
}
