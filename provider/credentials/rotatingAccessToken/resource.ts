/** The resource that owns an access token, and rotates it by creating the next one. */
import type * as pulumi from "@pulumi/pulumi";

import { type Kind, Rotation, type RotationArgs } from "../../hosts/dynamic/rotation";
import { stubOfOwner } from "../../hosts/dynamic/stubOfOwner";
import type { TokenSettingsArgs } from "../tokens/args";

/** The inputs of a RotatingAccessToken. */
export interface RotatingAccessTokenArgs extends RotationArgs, TokenSettingsArgs {
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

const className = "RotatingAccessToken";

const kind: Kind = {
  className,
  provider: stubOfOwner(className),
  claim: { kind: "access token", identity: [] },
  owns: true,
  takeOver: ["initialToken", "initialTokenId"],
  secretInputs: ["initialToken"],
  outputs: ["token", "tokenId", "tokenLastFour", "previousTokens"],
  secretOutputs: ["token"],
};

/**
 * An access token that the stack owns. Whenever `triggers` change, and when the key has become older than `rotateAfter`,
 * the next token is created and verified, and only then the one before is given its end. The current key is the secret
 * output `token`.
 *
 * Nothing rotates unless `pulumi up` runs. Destroying the resource deletes its tokens, current and previous. So does its
 * removal, and a rename without `aliases`: give the option `protect: true` for every token in use.
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
   * Declares the resource in the stack. Nothing is sent to LaunchDarkly before `pulumi up`.
   *
   * @param name the resource's name in the stack
   * @param args what the token is to be, and when to rotate it
   * @param options Pulumi's options for any resource, such as `aliases` or `protect`
   */
  constructor(name: string, args: RotatingAccessTokenArgs, options?: pulumi.CustomResourceOptions) {
    const identity = args.initialTokenId === undefined ? [] : ["initialTokenId"];
    super({ ...kind, claim: { ...kind.claim, identity } }, name, args, options);
  }
}
