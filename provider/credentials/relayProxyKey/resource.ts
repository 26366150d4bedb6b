/** The resource that rotates the key of a Relay Proxy configuration. */
import type * as pulumi from "@pulumi/pulumi";

import { type GraceArgs, type Kind, Rotation, type RotationArgs } from "../../hosts/dynamic/rotation";
import { stubOf } from "../../hosts/dynamic/stubOf";

/** The inputs of a {@link RelayProxyKeyRotation}. */
export interface RelayProxyKeyRotationArgs extends RotationArgs, GraceArgs {
  /**
   * The id of the Relay Proxy automatic configuration, such as `12ab3c45de678910abc12345`. A change replaces the
   * resource: the new configuration's key is reset, the old one's is left alone.
   */
  readonly configurationId: pulumi.Input<string>;

  /**
   * The configuration's current key, to be taken over as it is: the `pulumi up` that creates the resource compares its
   * last characters with those that LaunchDarkly shows, and does not reset the key. Later on it means nothing, unless
   * the resource is replaced, and may be changed or removed. Kept as a secret.
   *
   * @default none: the key is reset when the resource is created
   */
  readonly initialKey?: pulumi.Input<string> | undefined;
}

const kind: Kind = {
  className: "RelayProxyKeyRotation",
  provider: stubOf("RelayProxyKeyRotation"),
  claim: { kind: "Relay Proxy key", identity: ["configurationId"] },
  takeOver: ["initialKey"],
  secretInputs: ["initialKey"],
  outputs: ["fullKey", "displayKey", "name"],
  secretOutputs: ["fullKey"],
};

/**
 * Rotates the key of a LaunchDarkly Relay Proxy automatic configuration: when the resource is created, whenever
 * `triggers` change, and when the key has become older than `rotateAfter`. The new key is the secret output `fullKey`.
 *
 * LaunchDarkly's REST API does not accept a Relay Proxy key, so a new one can't be verified: there is no `verify`.
 * Nothing rotates unless `pulumi up` runs. Destroying the resource leaves the configuration and its key as they are.
 *
 * The role of `launchdarkly:accessToken` must allow `resetRelayAutoConfiguration` for the configuration.
 *
 * @example
 * const relay = new RelayProxyKeyRotation("relay", {
 *   configurationId: "12ab3c45de678910abc12345",
 *   triggers: { quarter: "2026-Q4" },
 *   oldKeyExpiry: "24h",
 * });
 * export const relayKey = relay.fullKey;
 *
 * @see https://launchdarkly.com/docs/api/relay-proxy-configurations/reset-relay-auto-config
 */
export class RelayProxyKeyRotation extends Rotation {
  /** The current key. Secret. */
  declare readonly fullKey: pulumi.Output<string>;
  /** The last characters of the key that is current at LaunchDarkly, which is how a person tells keys apart. */
  declare readonly displayKey: pulumi.Output<string>;
  /** The configuration's name at LaunchDarkly; null if LaunchDarkly does not say. */
  declare readonly name: pulumi.Output<string | null>;

  /**
   * Declares the resource in the stack. Nothing is sent to LaunchDarkly before `pulumi up`.
   *
   * @param name the resource's name in the stack
   * @param args what to rotate, and when
   * @param options Pulumi's options for any resource, such as `aliases` or `protect`
   */
  constructor(name: string, args: RelayProxyKeyRotationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
