/** What a resource class registers with Pulumi: which of its inputs and outputs are secret. */
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { beginMockedRun, endMockedRun } from "./mocks";

export interface Registration {
  readonly secretInputs: readonly string[];
  readonly secretOutputs: readonly string[];
}

/** Source: pulumi, sdk/go/common/resource/sig/sig.go. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * @param construct makes the resource
 * @param inputs the names of its inputs, each of which gets some text
 */
export async function registrationOf(
  construct: (args: object) => pulumi.Resource,
  inputs: readonly string[],
): Promise<Registration> {
  await beginMockedRun();
  try {
    const monitor = pulumi.runtime.getMonitor() as unknown as {
      registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
    };
    const { registerResource } = monitor;
    const requests: RegisterResourceRequest[] = [];
    monitor.registerResource = (request, callback) => {
      requests.push(request);
      return registerResource.call(monitor, request, callback);
    };
    const { urn } = construct(Object.fromEntries(inputs.map((name) => [name, "some-text"])));
    await new Promise((resolve) => urn.apply(resolve));
    const [request] = requests;
    if (request === undefined) throw new Error("Nothing was registered");
    const values = Object.entries(request.getObject()?.toJavaScript() ?? {});
    return {
      secretInputs: values.flatMap(([name, value]) => (isSecret(value) ? [name] : [])).sort(),
      secretOutputs: request.getAdditionalsecretoutputsList().sort(),
    };
  } finally {
    endMockedRun();
  }
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && SIGNATURE in value && value[SIGNATURE] === SECRET;
}
