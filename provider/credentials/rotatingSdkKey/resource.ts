/** The resource that owns an additional SDK key of an environment, and rotates it by creating the next one. */
import type * as pulumi from "@pulumi/pulumi";

import { type Kind, Rotation } from "../../hosts/dynamic/rotation";
import { stubOfOwner } from "../../hosts/dynamic/stubOfOwner";
import type { OwnedKeyArgs, PreviousKey } from "../ownedKey/args";

/** The inputs of a {@link RotatingSdkKey}. */
export interface RotatingSdkKeyArgs extends OwnedKeyArgs {
  /**
   * When a key ends that was replaced: a duration from the rotation (`"24h"`, `"7d"`, `"PT24H"`), an instant (ISO 8601
   * with a zone, or epoch milliseconds), or `"immediate"`.
   *
   * Editing it does not rotate. It gives the previous keys that still work another end: a later one, an earlier one, or
   * with `"immediate"` an end at once. At a rotation, the next `pulumi up` carries `"immediate"` out, when the new key is
   * saved and handed on.
   *
   * @default "24h"
   */
  readonly oldKeyExpiry?: pulumi.Input<string | number> | undefined;
}

const className = "RotatingSdkKey";

const kind: Kind = {
  className,
  provider: stubOfOwner(className),
  claim: { kind: "SDK key", identity: [] },
  owns: true,
  takeOver: ["initialKeyId"],
  outputs: ["sdkKey", "sdkKeyLastFour", "keyId", "previousKeys"],
  secretOutputs: ["sdkKey"],
};

/**
 * An additional SDK key of a LaunchDarkly environment that the stack owns. Whenever `triggers` change, and when the key has
 * become older than `rotateAfter`, the next key is created, and then the one before is given its end. The current key is the
 * secret output `sdkKey`.
 *
 * Servers read their key at start, so they need a restart with the new one within the grace. One that misses it does not
 * fail: it goes on with the flags that it has, and sees no change any more.
 *
 * Nothing rotates unless `pulumi up` runs. Destroying the resource deletes its keys, current and previous. So does its
 * removal, and a rename without `aliases`: give the option `protect: true` for every key in use. The environment's
 * default keys are never touched.
 *
 * The endpoints are in beta at LaunchDarkly. The account's plan must have several keys for an environment (Enterprise and
 * Guardian have them); without it, use `SdkKeyRotation`.
 *
 * @example
 * const server = new RotatingSdkKey("server", {
 *   projectKey: "my-project",
 *   environmentKey: "production",
 *   name: "shop server",
 *   triggers: { quarter: "2026-Q4" },
 * });
 * export const sdkKey = server.sdkKey;
 */
export class RotatingSdkKey extends Rotation {
  /** The current key. Secret. */
  declare readonly sdkKey: pulumi.Output<string>;
  /** Its last four characters, which is how a person tells keys apart. */
  declare readonly sdkKeyLastFour: pulumi.Output<string>;
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
  constructor(name: string, args: RotatingSdkKeyArgs, options?: pulumi.CustomResourceOptions) {
    const identity = args.initialKeyId === undefined ? [] : ["projectKey", "environmentKey", "initialKeyId"];
    super({ ...kind, claim: { ...kind.claim, identity } }, name, args, options);
  }
}
