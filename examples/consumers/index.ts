import * as pulumi from "@pulumi/pulumi";
import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

import { KeyFile } from "./keyFile";

const config = new pulumi.Config();

const rotation = new AccessTokenRotation("ci", {
  tokenId: config.require("tokenId"),
  triggers: { quarter: config.require("quarter") },
  oldKeyExpiry: "7d", // longer than the slowest of those below needs
});

// Whatever takes `rotation.token` as an input is updated in the same `pulumi up`, right after the rotation. Here it is a
// file; clouds/ has the same for Kubernetes, AWS Secrets Manager and GitHub Actions.
new KeyFile("key-file", { path: config.require("keyFile"), key: rotation.token });

/** For other stacks: see reader/index.ts. Secret there, too. */
export const token = rotation.token;
/** When those who still use the old key are cut off. */
export const oldKeyExpiresAt = rotation.oldKeyExpiresAt;
