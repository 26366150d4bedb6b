import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation, RotatingAccessToken, SdkKeyRotation } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const triggers = { quarter: config.require("quarter") }; // change any value and the next `pulumi up` rotates
const oldKeyExpiry = config.require("oldKeyExpiry"); // how long the old keys keep working

const ci = new AccessTokenRotation("ci", { tokenId: config.require("tokenId"), triggers, oldKeyExpiry });

const server = new SdkKeyRotation("server", {
  projectKey: config.require("projectKey"),
  environmentKey: config.require("environmentKey"),
  triggers,
  oldKeyExpiry,
});

// The stack owns this token: it creates the next one, and puts an expiry on the one before.
const nightly = new RotatingAccessToken("nightly", { name: config.require("ownedName"), triggers, oldKeyExpiry });

export const token = ci.token; // secret
export const sdkKey = server.sdkKey; // secret
export const ownedToken = nightly.token; // secret
