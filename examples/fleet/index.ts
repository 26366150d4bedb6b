import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation, findAccessTokenOutput } from "pulumi-launchdarkly-rotation";

import members from "./tokens.json";

/** One token of the list. Its key in tokens.json names the resource. */
interface Member {
  /** The token's name at LaunchDarkly. */
  readonly name: string;
  /** A value of its own, to rotate this token apart from the others. */
  readonly trigger?: string;
  /** Earlier keys of this entry. Without them, a new key would look like a new resource, and reset the token. */
  readonly formerly?: readonly string[];
  /** While true, nothing rotates this token. Not in its first `pulumi up`, in which the stack gets the key by a reset. */
  readonly frozen?: boolean;
  /** Such as `protect`. */
  readonly options?: pulumi.CustomResourceOptions;
}

const config = new pulumi.Config();
const fleet = new pulumi.ComponentResource("example:launchdarkly:Fleet", "fleet");

function rotate(key: string, { name, trigger, formerly = [], frozen = false, options }: Member): AccessTokenRotation {
  return new AccessTokenRotation(
    key,
    {
      tokenId: findAccessTokenOutput({ name }).id,
      triggers: { quarter: config.require("quarter"), ...(trigger !== undefined && { own: trigger }) },
      oldKeyExpiry: "7d",
      frozen,
    },
    { parent: fleet, aliases: formerly.map((former) => ({ name: former })), ...options },
  );
}

const rotations = Object.entries<Member>(members).map(([key, member]) => [key, rotate(key, member)] as const);

/** The current keys by the entries' keys; secret. */
export const tokens = Object.fromEntries(rotations.map(([key, { token }]) => [key, token]));
