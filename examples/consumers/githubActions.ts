/** A secret of GitHub Actions. Workflows that start after `pulumi up` get the new key. */
import * as github from "@pulumi/github";
import type { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

export function githubActionsConsumer({ token }: AccessTokenRotation, repository: string): github.ActionsSecret {
  return new github.ActionsSecret("launchdarkly", {
    repository,
    secretName: "LAUNCHDARKLY_ACCESS_TOKEN",
    value: token,
  });
}
