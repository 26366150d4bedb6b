import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();

const rotation = new AccessTokenRotation("ci", {
  tokenId: config.require("tokenId"),
  triggers: { quarter: config.require("quarter") }, // change any value and the next `pulumi up` rotates
  oldKeyExpiry: config.require("oldKeyExpiry"), // how long the old key keeps working
});

export const token = rotation.token; // secret
export const tokenLastFour = rotation.tokenLastFour;
export const oldKeyExpiresAt = rotation.oldKeyExpiresAt;
export const lastRotationReason = rotation.lastRotationReason;
