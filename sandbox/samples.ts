/** One sample of each credential, for trying the package, and what to write to rotate it. */
import { programsFor } from "./programs";
import type { Sandbox } from "./sandbox";

const TOKEN_NAME = "sample token";
const PROJECT_KEY = "sandbox";
const ENVIRONMENT_KEY = "sample";
const CONFIGURATION_NAME = "sample configuration";

export interface Samples {
  readonly token: { readonly id: string; readonly key: string };
  readonly environment: {
    readonly projectKey: string;
    readonly environmentKey: string;
    readonly sdkKey: string;
    readonly mobileKey: string;
  };
  readonly relayConfiguration: { readonly id: string; readonly key: string };
}

/** The samples that the sandbox's file has already, and new ones for what it lacks. */
export function findSamples({ store, ...sandbox }: Sandbox): Samples {
  const token = store.all().find(({ name }) => name === TOKEN_NAME);
  const environment = store.environments
    .all()
    .find(({ projectKey, key }) => projectKey === PROJECT_KEY && key === ENVIRONMENT_KEY);
  const configuration = store.relayConfigurations.all().find(({ name }) => name === CONFIGURATION_NAME);
  return {
    token: token ? { id: token.id, key: token.keys[0].value } : sandbox.createToken({ name: TOKEN_NAME }),
    environment: environment
      ? {
          projectKey: environment.projectKey,
          environmentKey: environment.key,
          sdkKey: environment.sdkKeys[0].value,
          mobileKey: environment.mobileKeys[0].value,
        }
      : sandbox.createEnvironment({ projectKey: PROJECT_KEY, key: ENVIRONMENT_KEY }),
    relayConfiguration: configuration
      ? { id: configuration.id, key: configuration.keys[0].value }
      : sandbox.createRelayConfiguration({ name: CONFIGURATION_NAME }),
  };
}

/** What the command prints. */
export function explain({ url, adminKey }: Sandbox, { token, environment, relayConfiguration }: Samples): string {
  const { projectKey, environmentKey, sdkKey, mobileKey } = environment;
  const { yaml, python, go } = programsFor(token);
  const inEnvironment = `projectKey: "${projectKey}", environmentKey: "${environmentKey}"`;
  return `LaunchDarkly sandbox on ${url} (stop it with Ctrl-C)

admin key           ${adminKey}
sample token id     ${token.id}
sample key          ${token.key}
sample environment  ${projectKey}/${environmentKey}
SDK key             ${sdkKey}
mobile key          ${mobileKey}
sample relay id     ${relayConfiguration.id}
Relay Proxy key     ${relayConfiguration.key}

Rotate them, and create a token and keys, with a Pulumi program of your own. Tell its stack where the sandbox is:

  pulumi config set launchdarkly:apiHost ${url}
  pulumi config set --secret launchdarkly:accessToken ${adminKey}

  import { RotatingAccessToken } from "pulumi-launchdarkly-rotation";
  const owned = new RotatingAccessToken("owned", { name: "owned by the stack", role: "reader" });
  export const ownedToken = owned.token;

  import { RotatingSdkKey } from "pulumi-launchdarkly-rotation";
  const service = new RotatingSdkKey("service", { ${inEnvironment}, name: "owned by the stack" });
  export const serviceKey = service.sdkKey;

  import { RotatingMobileKey } from "pulumi-launchdarkly-rotation";
  const phone = new RotatingMobileKey("phone", { ${inEnvironment}, name: "owned by the stack" });
  export const phoneKey = phone.mobileKey;

  import { AccessTokenRotation } from "pulumi-launchdarkly-rotation";
  const ci = new AccessTokenRotation("ci", { tokenId: "${token.id}", oldKeyExpiry: "24h" });
  export const token = ci.token;

  import { SdkKeyRotation } from "pulumi-launchdarkly-rotation";
  const server = new SdkKeyRotation("server", { ${inEnvironment}, oldKeyExpiry: "24h" });
  export const sdkKey = server.sdkKey;

  import { MobileKeyRotation } from "pulumi-launchdarkly-rotation";
  const app = new MobileKeyRotation("app", { ${inEnvironment} });
  export const mobileKey = app.mobileKey;

  import { RelayProxyKeyRotation } from "pulumi-launchdarkly-rotation";
  const relay = new RelayProxyKeyRotation("relay", { configurationId: "${relayConfiguration.id}", oldKeyExpiry: "24h" });
  export const fullKey = relay.fullKey;

In YAML, Python and Go, with the plugin (docs/languages.md of pulumi-launchdarkly-rotation):

  pulumi config set launchdarkly-rotation:apiHost ${url}
  pulumi config set --secret launchdarkly-rotation:accessToken ${adminKey}

${indented(yaml)}
${indented(python)}
${indented(go)}
Or, in a clone of pulumi-launchdarkly-rotation, rotate the sample token with examples/quickstart, in another terminal:

  cd examples/quickstart
  pulumi stack init dev
  pulumi config set launchdarkly:apiHost ${url}
  pulumi config set --secret launchdarkly:accessToken ${adminKey}
  pulumi config set --plaintext tokenId ${token.id}
  pulumi config set quarter 2026-Q4
  pulumi up

Use a key as its consumers do (200 if it is accepted, 401 if not):

  curl -i -H "Authorization: ${token.key}" ${url}/api/v2/caller-identity
  curl -i -H "Authorization: ${sdkKey}" ${url}/sdk/latest-all
  curl -i -H "Authorization: ${mobileKey}" ${url}/msdk/evalx/contexts/e30
  curl -i -H "Authorization: ${relayConfiguration.key}" ${url}/relay_auto_config

Requests:
`;
}

function indented(code: string): string {
  return code.replace(/^(?=.)/gm, "  ");
}
