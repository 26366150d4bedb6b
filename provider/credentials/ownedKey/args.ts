/** What programs give a resource that owns an additional key of an environment, and get of the keys before the current one. */
import type * as pulumi from "@pulumi/pulumi";

import type { RotationArgs } from "../../hosts/dynamic/rotation";

/** The inputs of a RotatingSdkKey and of a RotatingMobileKey. */
export interface OwnedKeyArgs extends RotationArgs {
  /** The key of the project, such as `my-project`. A change replaces the resource; the old key gets its grace. */
  readonly projectKey: pulumi.Input<string>;

  /** The key of the environment, such as `production`. A change replaces the resource; the old key gets its grace. */
  readonly environmentKey: pulumi.Input<string>;

  /** The name of the key at LaunchDarkly. A change renames the current key; the key itself stays. */
  readonly name: pulumi.Input<string>;

  /**
   * The description of the key. The resource adds a mark at its end, such as
   * `[Pulumi shop/production/server 9f86d081884c7d65 #3-5f3a09bc]`, by which it knows its keys again.
   *
   * @default none but the mark
   */
  readonly description?: pulumi.Input<string> | undefined;

  /**
   * How the identifiers of the keys begin: the third key of the resource is `<keyPrefix>-3`. No two keys of an environment
   * may have one identifier, deleted ones included for 180 days. A change holds for the next key.
   *
   * @default from the names of the project, the stack and the resource
   */
  readonly keyPrefix?: pulumi.Input<string> | undefined;

  /**
   * The keys of the views that a new key is limited to. LaunchDarkly can't change them later: a change holds for the next
   * key.
   *
   * @default none: the key is not limited
   */
  readonly viewKeys?: pulumi.Input<pulumi.Input<string>[]> | undefined;

  /**
   * The identifier of an additional key that exists, to be taken over: the `pulumi up` that creates the resource makes no
   * other key. The stack owns it from then on. It must not be a default key of the environment.
   *
   * @default none: a key is created
   */
  readonly initialKeyId?: pulumi.Input<string> | undefined;
}

/** A key that the current one has replaced. */
export interface PreviousKey {
  /** Its identifier at LaunchDarkly. */
  readonly id: string;
  /** Its last four characters; null if LaunchDarkly did not show them. */
  readonly lastFour: string | null;
  /** When it ends or ended: an ISO 8601 instant; null while it has no end. */
  readonly expiresAt: string | null;
}
