/** The plugin, in the folder that the package brings, and a program without an SDK of it. */
import { readFileSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

const { resources } = JSON.parse(readFileSync(path.join(__dirname, "asked.json"), "utf8")) as {
  resources: { name: string; className: string; key: string; inputs: pulumi.Inputs }[];
};

class Native extends pulumi.CustomResource {
  constructor(className: string, name: string, inputs: pulumi.Inputs, outputs: readonly string[]) {
    const undefinedOutputs = Object.fromEntries(outputs.map((output) => [output, undefined]));
    super(`launchdarkly-rotation:index:${className}`, name, { ...undefinedOutputs, ...inputs });
  }
}

export const keys = Object.fromEntries(
  resources.map(({ name, className, key, inputs }) => {
    const resource = new Native(className, name, inputs, [key]) as unknown as Record<string, pulumi.Output<string>>;
    return [name, resource[key]];
  }),
);
