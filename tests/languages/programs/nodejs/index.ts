import * as pulumi from "@pulumi/pulumi";
import * as launchdarkly from "pulumi-launchdarkly-rotation-sdk";

const config = new pulumi.Config();
const triggers = { quarter: config.require("quarter") };
const environment = { projectKey: config.require("projectKey"), environmentKey: config.require("environmentKey") };

const found = launchdarkly.findAccessTokenOutput({ name: "ci" });
const rotation = new launchdarkly.AccessTokenRotation("ci", { tokenId: found.id, triggers, oldKeyExpiry: "24h" });
const defaultServer = new launchdarkly.SdkKeyRotation("server", { ...environment, triggers, oldKeyExpiry: "24h" });
const defaultApp = new launchdarkly.MobileKeyRotation("app", { ...environment, triggers });
const configuration = new launchdarkly.RelayProxyKeyRotation("relay", {
  configurationId: config.require("configurationId"),
  triggers,
  oldKeyExpiry: "24h",
});
const owned = new launchdarkly.RotatingAccessToken("nightly", { name: "nightly", role: "writer", triggers });
const ownedServer = new launchdarkly.RotatingSdkKey("ownServer", { ...environment, name: "own server", triggers });
const ownedApp = new launchdarkly.RotatingMobileKey("ownApp", { ...environment, name: "own app", triggers });

export const ci = rotation.token;
export const server = defaultServer.sdkKey;
export const app = defaultApp.mobileKey;
export const relay = configuration.fullKey;
export const nightly = owned.token;
export const ownServer = ownedServer.sdkKey;
export const ownApp = ownedApp.mobileKey;
export const reason = rotation.lastRotationReason;
