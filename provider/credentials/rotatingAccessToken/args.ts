/** What programs give a RotatingAccessToken, and get of the tokens before the current one. */
import type * as pulumi from "@pulumi/pulumi";

import type { RotationArgs } from "../../hosts/dynamic/rotation";
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
