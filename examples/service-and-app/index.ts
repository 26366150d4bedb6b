import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { RotatingMobileKey, RotatingSdkKey } from "pulumi-launchdarkly-rotation";

import { KeyFile } from "./keyFile";

const config = new pulumi.Config();
const environment = { projectKey: config.require("projectKey"), environmentKey: config.require("environmentKey") };
const keyFolder = config.require("keyFolder");

const service = new RotatingSdkKey("service", {
  ...environment,
  name: "shop server",
  triggers: { quarter: config.require("quarter") }, // change the value and the next `pulumi up` rotates
  rotateAfter: "90d", // so does the first `pulumi up` at which the key is older than this
  oldKeyExpiry: "24h", // longer than it takes to restart every server
});

const app = new RotatingMobileKey("app", {
  ...environment,
  name: "shop app",
  triggers: { release: config.require("release") },
  oldKeyExpiry: "90d", // longer than it takes until people have updated the app
});

// Whatever takes a key as an input gets the new one in the same `pulumi up`. The service reads its file at start; the build of
// the app reads the other one.
new KeyFile("service", { path: path.join(keyFolder, "service.key"), key: service.sdkKey });
new KeyFile("app", { path: path.join(keyFolder, "app.key"), key: app.mobileKey });

export const sdkKey = service.sdkKey; // secret
export const mobileKey = app.mobileKey; // secret
/** What tells an old key from a new one, where somebody looks which one a server or an app has. */
export const lastFour = { service: service.sdkKeyLastFour, app: app.mobileKeyLastFour };
/** The keys that were replaced, with their ends. Never the keys themselves. */
export const previousKeys = { service: service.previousKeys, app: app.previousKeys };
