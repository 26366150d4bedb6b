import * as pulumi from "@pulumi/pulumi";

import { KeyFile } from "../keyFile";

const config = new pulumi.Config();

// Such as "organization/launchdarkly-rotation-consumers/dev". This stack gets a new key when its own `pulumi up` runs:
// run it after each rotation, before oldKeyExpiresAt of the other stack.
const rotating = new pulumi.StackReference(config.require("rotatingStack"));

/** Secret, because it is one in the other stack. */
export const token: pulumi.Output<string> = rotating.requireOutput("token").apply(String);

new KeyFile("key-file", { path: config.require("keyFile"), key: token });
