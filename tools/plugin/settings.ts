/**
 * The plugin's settings: of the stack's configuration, and of an explicit provider. docs/settings.md tells them, too.
 *
 * The schema names no variables of the environment as defaults, and the plugin reads them itself. An SDK would put their
 * values among the provider's inputs: the admin key in plain text into the state (Node.js SDK, pkg/v3 3.274.1), and a
 * change of the environment into every preview.
 */

export interface Setting {
  readonly type: "string" | "integer";
  readonly description: string;
  readonly secret?: true;
}

export const settings: Readonly<Record<string, Setting>> = {
  accessToken: {
    type: "string",
    description:
      "The admin key: an API key (`api-…`) that may rotate the credentials. A secret. Default: the environment's `LAUNCHDARKLY_ACCESS_TOKEN`.",
    secret: true,
  },
  apiHost: {
    type: "string",
    description:
      "LaunchDarkly's host. Default: the environment's `LAUNCHDARKLY_API_HOST`, or else `https://app.launchdarkly.com`.",
  },
  httpTimeout: {
    type: "integer",
    description:
      "How long LaunchDarkly may take to answer: 1 to 300 seconds. Default: the environment's `LAUNCHDARKLY_HTTP_TIMEOUT`, or else 30.",
  },
  // None from the environment: the mark must be the same wherever the stack is run.
  organization: {
    type: "string",
    description:
      "The organization of the stack, which Pulumi does not tell a plugin. It is part of the mark by which resources find at LaunchDarkly what their stack owns. Without it, nothing that may belong to another organization is deleted or taken over. Default: none.",
  },
};
