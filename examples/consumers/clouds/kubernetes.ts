/** A Kubernetes Secret that holds the key, and a Deployment whose pods start anew when the key has changed. */
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** @param key `rotation.token` */
export function kubernetesConsumer(key: pulumi.Input<string>): k8s.apps.v1.Deployment {
  // Without a name of its own: each rotation then makes a Secret with another name, and the Deployment, which refers to
  // it, replaces its pods one after the other. With a fixed name, running pods would keep the key they started with.
  const secret = new k8s.core.v1.Secret("launchdarkly", { stringData: { LAUNCHDARKLY_ACCESS_TOKEN: key } });
  const labels = { app: "reporting" };
  return new k8s.apps.v1.Deployment("reporting", {
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
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
