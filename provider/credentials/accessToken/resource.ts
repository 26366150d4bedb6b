/** The resource that rotates an access token by resetting it. */
import type * as pulumi from "@pulumi/pulumi";

import { type GraceArgs, type Kind, Rotation, type RotationArgs } from "../../hosts/dynamic/rotation";
import { stub } from "../../hosts/dynamic/stub";

/** The inputs of an {@link AccessTokenRotation}. */
export interface AccessTokenRotationArgs extends RotationArgs, GraceArgs {
  /**
   * The id of the access token to rotate, such as `61095542756dba551110ae21`. LaunchDarkly shows it in the token's
   * URL. A change replaces the resource: the new token is reset, the old one is left alone.
   */
  readonly tokenId: pulumi.Input<string>;

  /**
   * The token's current key, to be taken over as it is: the `pulumi up` that creates the resource checks that the key
   * works and is the token's current one, and does not reset the token. Later on it means nothing, unless the resource
   * is replaced, and may be changed or removed. Kept as a secret.
   *
   * @default none: the token is reset when the resource is created
   */
  readonly initialToken?: pulumi.Input<string> | undefined;

  /**
   * Whether to call LaunchDarkly with the new key after a reset, before anything else uses it. If that fails, the
   * run fails, the key is kept, and the next run verifies it again without another reset.
   *
   * @default true
   */
  readonly verify?: pulumi.Input<boolean> | undefined;

  /**
   * Whether the token may be reset although it is the one that the stack authenticates with. The rest of the run then
   * uses the new key, and the configuration has to be given it before the old one dies; so `oldKeyExpiry` must leave
   * the old key some time.
   *
   * @default false
   */
  readonly allowSelfRotation?: pulumi.Input<boolean> | undefined;
}

const kind: Kind = {
  className: "AccessTokenRotation",
  provider: stub,
  claim: { kind: "access token", identity: ["tokenId"] },
  takeOver: ["initialToken"],
  secretInputs: ["initialToken"],
  outputs: ["token", "tokenLastFour", "name", "role", "customRoleIds", "serviceToken", "defaultApiVersion"],
  secretOutputs: ["token"],
};

/**
 * Rotates a LaunchDarkly API access token: the token is reset when the resource is created, whenever `triggers` change,
 * and when the key has become older than `rotateAfter`. The new key is the secret output `token`.
 *
 * Nothing rotates unless `pulumi up` runs. Destroying the resource leaves the token and its key as they are.
 *
 * The key that may reset the token comes from the stack's configuration `launchdarkly:accessToken`, or from the
 * environment variable `LAUNCHDARKLY_ACCESS_TOKEN`; `launchdarkly:apiHost` or `LAUNCHDARKLY_API_HOST` name another
 * host than `https://app.launchdarkly.com`.
 *
 * @example
 * const rotation = new AccessTokenRotation("ci", {
 *   tokenId: "61095542756dba551110ae21",
 *   triggers: { quarter: "2026-Q4" },
 *   oldKeyExpiry: "24h",
 * });
 * export const token = rotation.token;
 *
 * @see https://launchdarkly.com/docs/api/access-tokens/reset-token
 */
export class AccessTokenRotation extends Rotation {
  /** The current key. Secret. */
  declare readonly token: pulumi.Output<string>;
  /** The last four characters of the key that is current at LaunchDarkly, which is how a person tells keys apart. */
  declare readonly tokenLastFour: pulumi.Output<string>;
  /** The token's name at LaunchDarkly; null if it has none. */
  declare readonly name: pulumi.Output<string | null>;
  /** The token's base role: `reader`, `writer`, `admin`; null if it has none, as with custom roles. */
  declare readonly role: pulumi.Output<string | null>;
  /** The ids of the token's custom roles. */
  declare readonly customRoleIds: pulumi.Output<string[]>;
  /** Whether it is a service token, and not somebody's personal one; null if LaunchDarkly does not say. */
  declare readonly serviceToken: pulumi.Output<boolean | null>;
  /** The API version that the token's requests use if they name none; null if LaunchDarkly does not say. */
  declare readonly defaultApiVersion: pulumi.Output<number | null>;

  /**
   * Declares the resource in the stack. Nothing is sent to LaunchDarkly before `pulumi up`.
   *
   * @param name the resource's name in the stack
   * @param args what to rotate, and when
   * @param options Pulumi's options for any resource, such as `aliases` or `protect`
   */
  constructor(name: string, args: AccessTokenRotationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
