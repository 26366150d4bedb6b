import * as pulumi from "@pulumi/pulumi";
import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();

const ci = new RotatingAccessToken("ci", {
  name: "ci deploys",
  role: config.get("role") ?? "reader", // what the token may do; an edit keeps the key
  triggers: { quarter: config.require("quarter") }, // change any value and the next `pulumi up` rotates
  rotateAfter: "90d", // so does the first `pulumi up` at which the key is older than this
  oldKeyExpiry: config.get("oldKeyExpiry") ?? "24h", // how long the previous token keeps working
});

export const token = ci.token; // secret
export const tokenLastFour = ci.tokenLastFour;
/** The tokens that were replaced, with their ends. Never their keys. */
export const previousTokens = ci.previousTokens;
export const lastRotationReason = ci.lastRotationReason;
