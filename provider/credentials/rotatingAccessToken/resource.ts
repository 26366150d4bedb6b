/** The resource that owns an access token, and rotates it by creating the next one. */
import type * as pulumi from "@pulumi/pulumi";

import { type Kind, Rotation } from "../../hosts/dynamic/rotation";
import { stubOfOwner } from "../../hosts/dynamic/stubOfOwner";
import type { PreviousToken, RotatingAccessTokenArgs } from "./args";

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
