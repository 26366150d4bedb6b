/** A secret of AWS Secrets Manager: it stays the same, and each rotation adds a version that readers get as current. */
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";

/** @param key `rotation.token` */
export function awsSecretsManagerConsumer(key: pulumi.Input<string>): secretsmanager.SecretVersion {
  const secret = new secretsmanager.Secret("launchdarkly", { description: "LaunchDarkly API access token" });
  return new secretsmanager.SecretVersion("launchdarkly", { secretId: secret.id, secretString: key });
}
