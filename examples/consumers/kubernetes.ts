/** A Kubernetes Secret that holds the key, and a Deployment whose pods start anew when the key has changed. */
import * as k8s from "@pulumi/kubernetes";
import type { AccessTokenRotation } from "pulumi-launchdarkly-rotation";

export function kubernetesConsumer({ token, lastRotatedAt }: AccessTokenRotation): k8s.apps.v1.Deployment {
  const secret = new k8s.core.v1.Secret("launchdarkly", { stringData: { LAUNCHDARKLY_ACCESS_TOKEN: token } });
  const labels = { app: "reporting" };
  return new k8s.apps.v1.Deployment("reporting", {
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          // Pods read their environment once. A changed annotation replaces them, one after the other.
          annotations: { "launchdarkly/key-of": lastRotatedAt.apply((at) => at ?? "the take-over") },
        },
        spec: {
          containers: [
            {
              name: "reporting",
              image: "example.com/reporting:1",
              envFrom: [{ secretRef: { name: secret.metadata.name } }],
            },
          ],
        },
      },
    },
  });
}
