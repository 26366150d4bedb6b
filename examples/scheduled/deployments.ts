/** The same schedule with Pulumi Deployments: create it once, from a stack of its own. */
import * as pulumiservice from "@pulumi/pulumiservice";

export function scheduleRotation(organization: string, stack: string): pulumiservice.DeploymentSchedule {
  return new pulumiservice.DeploymentSchedule("rotate", {
    organization,
    project: "launchdarkly-rotation-scheduled",
    stack,
    scheduleCron: "17 5 * * *", // UTC
    pulumiOperation: "update",
  });
}
