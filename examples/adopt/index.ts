import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();

const rotation = new AccessTokenRotation("ci", {
  tokenId: config.require("tokenId"),
  // The key that is in use: pulumi config set --secret initialToken api-…
  // The first `pulumi up` checks it and resets nothing. After that it may be removed: pulumi config rm initialToken
  initialToken: config.getSecret("initialToken"),
  triggers: { quarter: config.require("quarter") }, // as they are at the take-over: the first change rotates
  oldKeyExpiry: "24h",
});

export const token = rotation.token; // secret
export const rotationCount = rotation.rotationCount; // 0 until the first rotation
