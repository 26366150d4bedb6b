/** The plugin's settings: of the stack's configuration, and of an explicit provider. docs/settings.md tells them, too. */

export interface Setting {
  readonly type: "string" | "integer";
  readonly description: string;
  readonly secret?: true;
  readonly defaultInfo?: { readonly environment: readonly string[] };
}

const fromEnvironment = (name: string) => ({ defaultInfo: { environment: [name] } });

export const settings: Readonly<Record<string, Setting>> = {
  accessToken: {
    type: "string",
    description: "The admin key: an API key (`api-…`) that may rotate the credentials. A secret.",
    secret: true,
    ...fromEnvironment("LAUNCHDARKLY_ACCESS_TOKEN"),
  },
  apiHost: {
    type: "string",
    description: "LaunchDarkly's host. Default: `https://app.launchdarkly.com`.",
    ...fromEnvironment("LAUNCHDARKLY_API_HOST"),
  },
  httpTimeout: {
    type: "integer",
    description: "How long LaunchDarkly may take to answer: 1 to 300 seconds. Default: 30.",
    ...fromEnvironment("LAUNCHDARKLY_HTTP_TIMEOUT"),
  },
  // None from the environment: the mark must be the same wherever the stack is run.
  organization: {
    type: "string",
    description:
      "The organization of the stack, which Pulumi does not tell a plugin. It is part of the mark by which resources find at LaunchDarkly what their stack owns. Without it, nothing that may belong to another organization is deleted or taken over. Default: none.",
  },
};
