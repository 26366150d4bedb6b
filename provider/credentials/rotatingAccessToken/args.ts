/** What programs give a RotatingAccessToken, and get of the tokens before the current one. */
import type * as pulumi from "@pulumi/pulumi";

import type { PolicyStatement } from "../../resource/policyStatement";
import type { RotationArgs } from "../../resource/rotation";

/** A base role: those of the schema AccessTokenPost in LaunchDarkly's OpenAPI description, or a later one. */
export type BaseRole = "reader" | "writer" | "admin" | (string & {});

/** The inputs of a RotatingAccessToken. */
export interface RotatingAccessTokenArgs extends RotationArgs {
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

  /**
   * When a token ends that was replaced: a duration from the rotation (`"24h"`, `"7d"`, `"PT24H"`), an instant (ISO 8601
   * with a zone, or epoch milliseconds), or `"immediate"`.
   *
   * Editing it does not rotate. It gives the previous tokens that still work another end: a later one, an earlier one, or
   * with `"immediate"` an end at once. At a rotation, the next `pulumi up` carries `"immediate"` out, when the new key is
   * saved and handed on.
   *
   * @default "24h"
   */
  readonly oldKeyExpiry?: pulumi.Input<string | number> | undefined;

  /**
   * Whether to call LaunchDarkly with a new key before anything else uses it, and before the token before it is retired.
   *
   * @default true
   */
  readonly verify?: pulumi.Input<boolean> | undefined;

  /**
   * Whether the token may be rotated although it is the one that the stack authenticates with. The rest of the run then
   * uses the new key, and the configuration has to be given it before the old token ends.
   *
   * @default false
   */
  readonly allowSelfRotation?: pulumi.Input<boolean> | undefined;

  /**
   * The current key of a token that exists, to be taken over with `initialTokenId`. The `pulumi up` that creates the
   * resource checks that it is, and creates no token. It may be removed later, unless the resource is replaced. A secret.
   *
   * @default none: a token is created
   */
  readonly initialToken?: pulumi.Input<string> | undefined;

  /** The id of the token that `initialToken` is the key of. The stack owns it from then on. @default none */
  readonly initialTokenId?: pulumi.Input<string> | undefined;
}

/** A token that the current one has replaced. */
export interface PreviousToken {
  /** Its id at LaunchDarkly. */
  readonly id: string;
  /** The last four characters of its key; null if LaunchDarkly did not show them. */
  readonly lastFour: string | null;
  /** When it ends or ended: an ISO 8601 instant; null while it has no end. */
  readonly expiresAt: string | null;
  /** When it was last used, as of the last rotation or refresh: an ISO 8601 instant; null for never. */
  readonly lastUsedAt: string | null;
}
