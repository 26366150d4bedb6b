/** A Kubernetes Secret that holds an SDK key, and a Deployment whose pods start anew when the key has changed. */
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** The outputs of an SdkKeyRotation that a server needs. */
export interface RotatedSdkKey {
  readonly sdkKey: pulumi.Input<string>;
  readonly sdkKeyLastFour: pulumi.Input<string>;
}

/** @param rotation such as `rotation` in ../index.ts */
export function kubernetesServer(name: string, { sdkKey, sdkKeyLastFour }: RotatedSdkKey): k8s.apps.v1.Deployment {
  // Immutable, and without a name of its own: each rotation makes another Secret, and deletes the one before when the
  // Deployment has changed over. So a pod of the old template never starts with the new key, or without one.
  const secret = new k8s.core.v1.Secret(name, { immutable: true, stringData: { LAUNCHDARKLY_SDK_KEY: sdkKey } });
  const labels = { app: name };
  return new k8s.apps.v1.Deployment(name, {
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          // A changed template makes Kubernetes replace the pods, also where the Secret keeps its name. And it tells
          // which key a pod has started with: kubectl get pods -o custom-columns, as in ../README.md.
          annotations: { "example.com/sdk-key-last-four": sdkKeyLastFour },
        },
        spec: {
          containers: [
            {
              name: "server",
              image: "example.com/server:1",
              envFrom: [{ secretRef: { name: secret.metadata.name } }],
            },
          ],
        },
      },
    },
  });
}
