import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();

// Nothing rotates by itself: a schedule runs `pulumi up`, and the first run after 90 days rotates. Two ways to schedule
// it are beside this file: rotate.yml for GitHub Actions, and deployments/ for Pulumi Deployments.
const rotation = new AccessTokenRotation("ci", {
  tokenId: config.require("tokenId"),
  rotateAfter: "90d",
  oldKeyExpiry: "48h", // longer than the time until whoever uses the key has the new one
});

export const token = rotation.token; // secret
export const lastRotatedAt = rotation.lastRotatedAt;
export const lastRotationReason = rotation.lastRotationReason;
