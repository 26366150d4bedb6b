/** The resource that programs create. */
import * as pulumi from "@pulumi/pulumi";

import { stub } from "../../resource/stub";

/** The inputs of an {@link AccessTokenRotation}. */
export interface AccessTokenRotationArgs {
  /**
   * The id of the access token to rotate, such as `61095542756dba551110ae21`. LaunchDarkly shows it in the token's
   * URL. A change replaces the resource: the new token is reset, the old one is left alone.
   */
  readonly tokenId: pulumi.Input<string>;

  /**
   * Any JSON value; best a map, because its keys name the reason of a rotation. Any change of the deep value, adding
   * and removing included, resets the token once at the next `pulumi up`.
   *
   * @default none: the token is reset when the resource is created, and when somebody resets it outside Pulumi
   * @example { quarter: "2026-Q4" }
   */
  // The constructor of a dynamic resource takes any JSON value, and the provider checks that it is one.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly triggers?: pulumi.Input<any>;

  /**
   * When the old key dies: a duration from the reset (`"24h"`, `"7d"`, `"PT24H"`), an instant (ISO 8601 with a zone,
   * or epoch milliseconds), or `"immediate"`. Used at the next rotation; editing it alone does not rotate.
   *
   * An instant must be in the future when a rotation uses it.
   *
   * @default LaunchDarkly's own: the old key dies at once. The preview warns of it.
   */
  readonly oldKeyExpiry?: pulumi.Input<string | number> | undefined;

  /**
   * How old the key may get: a duration (`"90d"`, `"12w"`, `"P90D"`). The first `pulumi up` at which the key is as old
   * resets the token, also when nothing else has changed. The age counts from the last reset by this resource, or from
   * the take-over of `initialToken`. Nothing happens unless `pulumi up` runs: let a schedule run it.
   *
   * @default any age
   */
  readonly rotateAfter?: pulumi.Input<string> | undefined;

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
export class AccessTokenRotation extends pulumi.dynamic.Resource {
  /** The current key. Secret. */
  declare readonly token: pulumi.Output<string>;
  /** The last four characters of the key that is current at LaunchDarkly, which is how a person tells keys apart. */
  declare readonly tokenLastFour: pulumi.Output<string>;
  /** When the previous key dies or died: an ISO 8601 instant; null before the first reset. */
  declare readonly oldKeyExpiresAt: pulumi.Output<string | null>;
  /** When this resource last reset the token: an ISO 8601 instant of LaunchDarkly's clock; null before the first reset. */
  declare readonly lastRotatedAt: pulumi.Output<string | null>;
  /** How often this resource has reset the token. */
  declare readonly rotationCount: pulumi.Output<number>;
  /** Why the token was last reset, for example `triggers.quarter changed`; null before the first reset. */
  declare readonly lastRotationReason: pulumi.Output<string | null>;
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
   * @param name the resource's name in the stack
   * @param args what to rotate, and when
   */
  constructor(name: string, args: AccessTokenRotationArgs, options?: pulumi.CustomResourceOptions) {
    const { initialToken } = args;
    const inputs = { ...args, ...(initialToken !== undefined && { initialToken: pulumi.secret(initialToken) }) };
    super(stub, name, { ...outputs, ...inputs }, withSecretOutputs(options), "launchdarkly", "AccessTokenRotation");
  }
}

/** A dynamic resource has the outputs that its constructor names. */
const outputs = {
  token: undefined,
  tokenLastFour: undefined,
  oldKeyExpiresAt: undefined,
  lastRotatedAt: undefined,
  rotationCount: undefined,
  lastRotationReason: undefined,
  name: undefined,
  role: undefined,
  customRoleIds: undefined,
  serviceToken: undefined,
  defaultApiVersion: undefined,
};

/** The key, and the triggers that the state remembers, because their values may be secret. */
function withSecretOutputs(options: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions(options, { additionalSecretOutputs: ["token", "triggers"] });
}
