import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { SdkKeyRotation } from "pulumi-launchdarkly-rotation";

import { KeyFile } from "./keyFile";

const config = new pulumi.Config();
const environmentKeys = config.require("environmentKeys").split(","); // such as test,production

function rotate(environmentKey: string): SdkKeyRotation {
  const rotation = new SdkKeyRotation(environmentKey, {
    projectKey: config.require("projectKey"),
    environmentKey,
    triggers: { quarter: config.require("quarter") }, // change the value and the next `pulumi up` rotates every key
    oldKeyExpiry: "24h", // longer than it takes to restart everything that reads the key at its start
  });
  // Whatever takes `rotation.sdkKey` as an input gets the new key in the same `pulumi up`, right after the rotation. Here
  // it is a file; kubernetes/server.ts has a Kubernetes Secret, and a Deployment that restarts its pods for it.
  new KeyFile(environmentKey, {
    path: path.join(config.require("keyFolder"), `${environmentKey}.key`),
    key: rotation.sdkKey,
  });
  return rotation;
}

const rotations = environmentKeys.map((key) => [key, rotate(key)] as const);

/** The current keys by their environments; secret. */
export const sdkKeys = Object.fromEntries(rotations.map(([key, { sdkKey }]) => [key, sdkKey]));
/** What tells an old key from a new one, where somebody looks which one a server has. */
export const lastFour = Object.fromEntries(rotations.map(([key, { sdkKeyLastFour }]) => [key, sdkKeyLastFour]));
/** When servers that still use an old key are cut off. */
export const oldKeysExpireAt = Object.fromEntries(
  rotations.map(([key, { oldKeyExpiresAt }]) => [key, oldKeyExpiresAt]),
);
