/** The resource that rotates an environment's mobile key. */
import type * as pulumi from "@pulumi/pulumi";

import { type Kind, Rotation, type RotationArgs } from "../../hosts/dynamic/rotation";
import { stubOf } from "../../hosts/dynamic/stubOf";
import type { EnvironmentArgs } from "../environmentArgs";

/** The inputs of a {@link MobileKeyRotation}. There is no `oldKeyExpiry`: LaunchDarkly ends the old key at once. */
export interface MobileKeyRotationArgs extends EnvironmentArgs, RotationArgs {}

const kind: Kind = {
  className: "MobileKeyRotation",
  provider: stubOf("MobileKeyRotation"),
  claim: { kind: "mobile key", identity: ["projectKey", "environmentKey"] },
  outputs: ["mobileKey", "mobileKeyLastFour", "name"],
  secretOutputs: ["mobileKey"],
};

/**
 * Rotates the mobile key of a LaunchDarkly environment: whenever `triggers` change, and when the key has become older
 * than `rotateAfter`. The current key is the secret output `mobileKey`.
 *
 * A rotation has no grace. LaunchDarkly ends the old mobile key at once, and apps that are out there stop evaluating
 * flags until they are updated.
 *
 * The first `pulumi up` takes the key over as it is, and resets nothing. Nothing rotates unless `pulumi up` runs.
 * Destroying the resource leaves the key as it is.
 *
 * The role of `launchdarkly:accessToken` must allow `updateMobileKey` for the environment.
 *
 * @example
 * const app = new MobileKeyRotation("app", {
 *   projectKey: "my-project",
 *   environmentKey: "production",
 *   triggers: { leaked: "2026-11-24" },
 * });
 * export const mobileKey = app.mobileKey;
 *
 * @see https://launchdarkly.com/docs/api/environments/reset-environment-mobile-key
 */
export class MobileKeyRotation extends Rotation {
  /** The current mobile key. Secret. */
  declare readonly mobileKey: pulumi.Output<string>;
  /** Its last four characters, which is how a person tells keys apart. */
  declare readonly mobileKeyLastFour: pulumi.Output<string>;
  /** The environment's name at LaunchDarkly; null if LaunchDarkly does not say. */
  declare readonly name: pulumi.Output<string | null>;

  /**
   * Declares the resource in the stack. Nothing is sent to LaunchDarkly before `pulumi up`.
   *
   * @param name the resource's name in the stack
   * @param args what to rotate, and when
   * @param options Pulumi's options for any resource, such as `aliases` or `protect`
   */
  constructor(name: string, args: MobileKeyRotationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
