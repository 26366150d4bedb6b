/**
 * The provider that an engineer writes in an hour: axios, one class, the same two requests for each rotation. Nothing is
 * retried, no answer may be lost, no rate limit is waited for, and the preview says nothing.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

import * as pulumi from "@pulumi/pulumi";

interface Inputs {
  readonly tokenId: string;
  readonly triggers: unknown;
  readonly oldKeyExpiry: string;
}

const { resources } = JSON.parse(readFileSync(path.join(__dirname, "asked.json"), "utf8")) as {
  resources: { name: string; inputs: Inputs }[];
};

const settings = { host: "", key: "" };

async function rotate(inputs: Inputs): Promise<object> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Pulumi can't serialize axios where it is imported
  const axios = require("axios") as import("axios").AxiosStatic;
  const headers = { Authorization: settings.key, "LD-API-Version": "20240415", "Content-Type": "application/json" };
  const expiry = Date.now() + Number(inputs.oldKeyExpiry.replace("h", "")) * 3_600_000;
  const url = `${settings.host}/api/v2/tokens/${inputs.tokenId}/reset?expiry=${expiry}`;
  const { data } = await axios.post<{ token: string; name: string }>(url, undefined, { headers });
  await axios.get(`${settings.host}/api/v2/caller-identity`, { headers: { Authorization: data.token } });
  return {
    ...inputs,
    token: data.token,
    tokenName: data.name,
    lastRotatedAt: new Date().toISOString(),
    oldKeyExpiresAt: new Date(expiry).toISOString(),
  };
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, object> = {
  configure: ({ config }) => {
    settings.host = config.require("launchdarkly:apiHost");
    settings.key = config.require("launchdarkly:accessToken");
    return Promise.resolve();
  },
  diff: (_id, olds, news) =>
    Promise.resolve({ changes: JSON.stringify((olds as Inputs).triggers) !== JSON.stringify(news.triggers) }),
  create: async (inputs) => ({ id: inputs.tokenId, outs: await rotate(inputs) }),
  update: async (_id, _olds, news) => ({ outs: await rotate(news) }),
};

class Token extends pulumi.dynamic.Resource {
  declare readonly token: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs) {
    const outputs = { token: undefined, tokenName: undefined, lastRotatedAt: undefined, oldKeyExpiresAt: undefined };
    const options = { additionalSecretOutputs: ["token"] };
    super(provider, name, { ...outputs, ...inputs }, options, "bench", "Token");
  }
}

export const keys = Object.fromEntries(resources.map(({ name, inputs }) => [name, new Token(name, inputs).token]));
