import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";

const config = new pulumi.Config();

// The same schedule as rotate.yml, with Pulumi Deployments. A stack of its own, to be set up once; the scheduled stack
// needs deployment settings (its source, and where its credentials come from), which Pulumi Cloud asks for.
new pulumiservice.DeploymentSchedule("rotate", {
  organization: config.require("organization"),
  project: "launchdarkly-rotation-scheduled",
  stack: config.require("stack"),
  scheduleCron: "17 5 * * *", // UTC
  pulumiOperation: "update",
});
