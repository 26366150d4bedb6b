/** The floor: a dynamic resource that does nothing. What it costs is Pulumi's own. */
import { readFileSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

interface Inputs {
  readonly tokenId: string;
  readonly triggers: unknown;
  readonly oldKeyExpiry: string;
  /** How long the API would take to answer what a rotation asks, in milliseconds. */
  readonly waitMs: number;
}

const { resources, waitMs, filler } = JSON.parse(readFileSync(path.join(__dirname, "asked.json"), "utf8")) as {
  resources: { name: string; inputs: Omit<Inputs, "waitMs"> }[];
  waitMs: number;
  /** Makes the provider's text longer, which Pulumi keeps in the state of each resource. */
  filler: string;
};

async function outputs(inputs: Inputs) {
  if (inputs.waitMs > 0) await new Promise((resolve) => setTimeout(resolve, inputs.waitMs));
  return { ...inputs, token: `api-00000000-0000-4000-8000-${String(process.hrtime.bigint()).slice(-12)}` };
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, object> = {
  diff: (_id, olds, news) =>
    Promise.resolve({ changes: JSON.stringify((olds as Inputs).triggers) !== JSON.stringify(news.triggers) }),
  create: async (inputs) => ({ id: inputs.tokenId, outs: await outputs(inputs) }),
  update: async (_id, _olds, news) => ({ outs: await outputs(news) }),
  ...(filler !== "" && { read: (id: string, props = {}) => Promise.resolve({ id, props: { ...props, filler } }) }),
};

class Nothing extends pulumi.dynamic.Resource {
  declare readonly token: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs) {
    super(provider, name, { token: undefined, ...inputs }, { additionalSecretOutputs: ["token"] }, "bench", "Nothing");
  }
}

export const keys = Object.fromEntries(
  resources.map(({ name, inputs }) => [name, new Nothing(name, { ...inputs, waitMs }).token]),
);
