import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation, RotatingAccessToken, RotatingSdkKey } from "pulumi-launchdarkly-rotation";

const config = new pulumi.Config();
const triggers = { quarter: config.require("quarter") }; // change any value and the next `pulumi up` rotates
const oldKeyExpiry = config.require("oldKeyExpiry"); // how long the old keys keep working

const ci = new AccessTokenRotation("ci", { tokenId: config.require("tokenId"), triggers, oldKeyExpiry });

// The stack owns these: it creates the next key, and puts an expiry on the one before.
const server = new RotatingSdkKey("server", {
  projectKey: config.require("projectKey"),
  environmentKey: config.require("environmentKey"),
  name: "server",
  triggers,
  oldKeyExpiry,
});
const nightly = new RotatingAccessToken("nightly", { name: config.require("ownedName"), triggers, oldKeyExpiry });

export const token = ci.token; // secret
export const sdkKey = server.sdkKey; // secret
export const ownedToken = nightly.token; // secret
