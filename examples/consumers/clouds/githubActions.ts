/** A secret of GitHub Actions: workflows that start after `pulumi up` get the new key. */
import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";

/** @param key `rotation.token` */
export function githubActionsConsumer(key: pulumi.Input<string>, repository: string): github.ActionsSecret {
  return new github.ActionsSecret("launchdarkly", {
    repository,
    secretName: "LAUNCHDARKLY_ACCESS_TOKEN",
    value: key,
  });
}
