/** The resource that owns an access token, and rotates it by creating the next one. */
import * as pulumi from "@pulumi/pulumi";

import { type Kind, Rotation, type RotationArgs } from "../../resource/rotation";
import { stubOfOwner } from "../../resource/stubOfOwner";

/** The inputs of a {@link RotatingAccessToken}. */
export interface RotatingAccessTokenArgs extends RotationArgs {
  /** The name of the token at LaunchDarkly. A change renames the current token; its key stays. */
  readonly name: pulumi.Input<string>;

  /**
   * The description of the token. The resource adds a mark at its end, such as
   * `[Pulumi shop/production/ci 9f86d081884c7d65 #3]`, by which it finds its tokens again.
   *
   * @default none but the mark
   */
  readonly description?: pulumi.Input<string> | undefined;

  /**
   * The token's base role, such as `reader` or `writer`. Only one of `role`, `customRoleIds` and `inlineRole` may be
   * given. A change is made to the current token; its key stays.
   *
   * @default LaunchDarkly's own
   */
  readonly role?: pulumi.Input<string> | undefined;

  /** The ids of the token's custom roles, in the place of `role`. @default none */
  readonly customRoleIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;

  /** The token's own policy statements, in the place of `role`. @default none */
  // LaunchDarkly checks the statements.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly inlineRole?: pulumi.Input<any[]> | undefined;

  /**
   * Whether it is a service token. Otherwise it is a personal token of the member whose key the stack authenticates
   * with. A change replaces the resource, and deletes the tokens that it owned.
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
   * Editing it does not rotate. It gives the previous tokens that still work another end: a longer one, a shorter one, or
   * with `"immediate"` none. At a rotation, `"immediate"` is carried out by the next `pulumi up`, when the new key is
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
   * resource checks that the key works and is that token's current one, and creates none. Later on it means nothing,
   * unless the resource is replaced, and may be removed. Kept as a secret.
   *
   * @default none: a token is created
   */
  readonly initialToken?: pulumi.Input<string> | undefined;

  /** The id of the token that `initialToken` is the key of. The stack owns it from then on. @default none */
  readonly initialTokenId?: pulumi.Input<string> | undefined;
}

/** A token that the current one has replaced. */
export interface PreviousToken {
  readonly id: string;
  /** The last four characters of its key; null if LaunchDarkly did not show them. */
  readonly lastFour: string | null;
  /** When it ends or ended: an ISO 8601 instant; null while it has no end. */
  readonly expiresAt: string | null;
  /** When it was last used, as of the last rotation or refresh: an ISO 8601 instant; null for never. */
  readonly lastUsedAt: string | null;
}

const className = "RotatingAccessToken";

const kind: Kind = {
  className,
  provider: stubOfOwner(className),
  identity: [],
  secretInputs: ["initialToken"],
  outputs: ["token", "tokenId", "tokenLastFour", "previousTokens"],
  secretOutputs: ["token"],
};

/**
 * An access token that the stack owns. Whenever `triggers` change, and when the key has become older than `rotateAfter`,
 * the next token is created and verified, and only then the one before is given its end. The current key is the secret
 * output `token`.
 *
 * Nothing rotates unless `pulumi up` runs. Destroying the resource deletes its tokens, current and previous.
 *
 * The key that may create tokens comes from the stack's configuration `launchdarkly:accessToken`, or from the environment
 * variable `LAUNCHDARKLY_ACCESS_TOKEN`. Its role must allow `createAccessToken`, `updateAccessTokenExpiry` and
 * `deleteAccessToken`, and for edits `updateAccessTokenName`, `updateAccessTokenDescription` and
 * `updateAccessTokenPolicy`.
 *
 * @example
 * const ci = new RotatingAccessToken("ci", {
 *   name: "ci deploys",
 *   role: "writer",
 *   triggers: { quarter: "2026-Q4" },
 * });
 * export const token = ci.token;
 *
 * @see https://launchdarkly.com/docs/api/access-tokens/post-token
 */
export class RotatingAccessToken extends Rotation {
  /** The current key. Secret. */
  declare readonly token: pulumi.Output<string>;
  /** The id of the current token. Another one after every rotation. */
  declare readonly tokenId: pulumi.Output<string>;
  /** The last four characters of the current key, which is how a person tells keys apart. */
  declare readonly tokenLastFour: pulumi.Output<string>;
  /** The tokens before it that the stack still owns, newest first. Never their keys. */
  declare readonly previousTokens: pulumi.Output<PreviousToken[]>;

  /**
   * @param name the resource's name in the stack
   * @param args what the token is to be, and when to rotate it
   */
  constructor(name: string, args: RotatingAccessTokenArgs, options?: pulumi.CustomResourceOptions) {
    const identity = args.initialTokenId === undefined ? [] : ["initialTokenId"];
    super({ ...kind, identity }, name, { ...args, owner: urnOf(name, options?.parent) }, options);
  }
}

/** The URN that Pulumi will give the resource. A promise: an output would make the resource depend on its own parent. */
function urnOf(name: string, parent: pulumi.Resource | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, `pulumi-nodejs:dynamic/launchdarkly:${className}`, parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}
