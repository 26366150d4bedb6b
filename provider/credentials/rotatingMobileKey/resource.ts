/** The resource that owns an additional mobile key of an environment, and rotates it by creating the next one. */
import type * as pulumi from "@pulumi/pulumi";

import { type Kind, Rotation } from "../../hosts/dynamic/rotation";
import { stubOfOwner } from "../../hosts/dynamic/stubOfOwner";
import type { OwnedKeyArgs, PreviousKey } from "../ownedKey/args";

/** The inputs of a {@link RotatingMobileKey}. */
export interface RotatingMobileKeyArgs extends OwnedKeyArgs {
  /**
   * When a key ends that was replaced: a duration from the rotation (`"24h"`, `"7d"`, `"PT24H"`), an instant (ISO 8601
   * with a zone, or epoch milliseconds), or `"immediate"`.
   *
   * Editing it does not rotate. It gives the previous keys that still work another end: a later one, an earlier one, or
   * with `"immediate"` an end at once. At a rotation, the next `pulumi up` carries `"immediate"` out, when the new key is
   * saved and handed on.
   *
   * @default "90d"
   */
  readonly oldKeyExpiry?: pulumi.Input<string | number> | undefined;
}

const className = "RotatingMobileKey";

const kind: Kind = {
  className,
  provider: stubOfOwner(className),
  claim: { kind: "mobile key", identity: [] },
  owns: true,
  takeOver: ["initialKeyId"],
  outputs: ["mobileKey", "mobileKeyLastFour", "keyId", "previousKeys"],
  secretOutputs: ["mobileKey"],
};

/**
 * An additional mobile key of a LaunchDarkly environment that the stack owns. Whenever `triggers` change, and when the key has
 * become older than `rotateAfter`, the next key is created, and then the one before is given its end. The current key is the
 * secret output `mobileKey`.
 *
 * It is the only way to rotate a mobile key with a grace: apps that are out there keep working with the old key until its
 * end, while updated ones come with the new one.
 *
 * Nothing rotates unless `pulumi up` runs. Destroying the resource deletes its keys, current and previous. So does its
 * removal, and a rename without `aliases`: give the option `protect: true` for every key in use. The environment's
 * default keys are never touched.
 *
 * The endpoints are in beta at LaunchDarkly. The account's plan must have several keys for an environment (Enterprise and
 * Guardian have them); without it, use `MobileKeyRotation`.
 *
 * @example
 * const app = new RotatingMobileKey("app", {
 *   projectKey: "my-project",
 *   environmentKey: "production",
 *   name: "shop app",
 *   triggers: { release: "2026-12" },
 * });
 * export const mobileKey = app.mobileKey;
 */
export class RotatingMobileKey extends Rotation {
  /** The current key. Secret. */
  declare readonly mobileKey: pulumi.Output<string>;
  /** Its last four characters, which is how a person tells keys apart. */
  declare readonly mobileKeyLastFour: pulumi.Output<string>;
  /** LaunchDarkly's identifier of the current key. Another one after every rotation. */
  declare readonly keyId: pulumi.Output<string>;
  /** The keys before it that the stack still owns, newest first. Never the keys themselves. */
  declare readonly previousKeys: pulumi.Output<PreviousKey[]>;

  /**
   * Declares the resource in the stack. Nothing is sent to LaunchDarkly before `pulumi up`.
   *
   * @param name the resource's name in the stack
   * @param args what the key is to be, and when to rotate it
   * @param options Pulumi's options for any resource, such as `aliases` or `protect`
   */
  constructor(name: string, args: RotatingMobileKeyArgs, options?: pulumi.CustomResourceOptions) {
    const identity = args.initialKeyId === undefined ? [] : ["projectKey", "environmentKey", "initialKeyId"];
    super({ ...kind, claim: { ...kind.claim, identity } }, name, args, options);
  }
}
