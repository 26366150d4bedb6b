/** The resource that rotates an environment's SDK key. */
import type * as pulumi from "@pulumi/pulumi";

import { type GraceArgs, type Kind, Rotation, type RotationArgs } from "../../hosts/dynamic/rotation";
import { stubOf } from "../../hosts/dynamic/stubOf";
import type { EnvironmentArgs } from "../environmentArgs";

/** The inputs of an {@link SdkKeyRotation}. */
export interface SdkKeyRotationArgs extends EnvironmentArgs, RotationArgs, GraceArgs {}

const kind: Kind = {
  className: "SdkKeyRotation",
  provider: stubOf("SdkKeyRotation"),
  claim: { kind: "SDK key", identity: ["projectKey", "environmentKey"] },
  outputs: ["sdkKey", "sdkKeyLastFour", "name"],
  secretOutputs: ["sdkKey"],
};

/**
 * Rotates the default SDK key of a LaunchDarkly environment: whenever `triggers` change, and when the key has become
 * older than `rotateAfter`. The current key is the secret output `sdkKey`.
 *
 * The first `pulumi up` takes the key over as it is, and resets nothing. Nothing rotates unless `pulumi up` runs.
 * Destroying the resource leaves the key as it is.
 *
 * An environment has one slot for an SDK key that expires: assume that a second rotation within a grace ends the first
 * one. Servers read their key at start, so they need a restart with the new one within the grace.
 *
 * The role of `launchdarkly:accessToken` must allow `updateApiKey` and `viewSdkKey` for the environment.
 *
 * @example
 * const server = new SdkKeyRotation("server", {
 *   projectKey: "my-project",
 *   environmentKey: "production",
 *   triggers: { quarter: "2026-Q4" },
 *   oldKeyExpiry: "24h",
 * });
 * export const sdkKey = server.sdkKey;
 *
 * @see https://launchdarkly.com/docs/api/environments/reset-environment-sdk-key
 */
export class SdkKeyRotation extends Rotation {
  /** The current SDK key. Secret. */
  declare readonly sdkKey: pulumi.Output<string>;
  /** Its last four characters, which is how a person tells keys apart. */
  declare readonly sdkKeyLastFour: pulumi.Output<string>;
  /** The environment's name at LaunchDarkly; null if LaunchDarkly does not say. */
  declare readonly name: pulumi.Output<string | null>;

  /**
   * Declares the resource in the stack. Nothing is sent to LaunchDarkly before `pulumi up`.
   *
   * @param name the resource's name in the stack
   * @param args what to rotate, and when
   * @param options Pulumi's options for any resource, such as `aliases` or `protect`
   */
  constructor(name: string, args: SdkKeyRotationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
