/** A secret of AWS Secrets Manager. Each rotation adds a version; readers get the current one. */
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

export function awsSecretsManagerConsumer({ token }: AccessTokenRotation): secretsmanager.SecretVersion {
  const secret = new secretsmanager.Secret("launchdarkly", { description: "LaunchDarkly API access token" });
  return new secretsmanager.SecretVersion("launchdarkly", { secretId: secret.id, secretString: token });
}
