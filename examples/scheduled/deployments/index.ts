import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";

const config = new pulumi.Config();

// The same schedule as rotate.yml, with Pulumi Deployments. A stack of its own, to be set up once.
const scheduled = {
  organization: config.require("organization"),
  project: "launchdarkly-rotation-scheduled",
  stack: config.require("stack"),
};

const settings = new pulumiservice.DeploymentSettings("settings", {
  ...scheduled,
  sourceContext: {
    git: {
      repoUrl: config.require("repoUrl"), // with the packed file and a lock file that names it
      branch: "main",
      repoDir: config.get("repoDir") ?? ".",
      gitAuth: { basicAuth: { username: "git", password: config.requireSecret("gitToken") } },
    },
  },
});

new pulumiservice.DeploymentSchedule(
  "rotate",
  {
    ...scheduled,
    scheduleCron: "17 5 * * *", // UTC
    pulumiOperation: "update",
  },
  { dependsOn: settings },
);
