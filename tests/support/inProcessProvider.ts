/** The provider in the test's own process, for tests that rule its clock, its waits or its messages. */
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { plainProvider, type Provider } from "../../provider/hosts/dynamic/provider";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { processHost } from "../../provider/hosts/dynamic/processHost";
import type { Credential } from "../../provider/model/credential";
import type { Host } from "../../provider/run/host";
import type { Sandbox } from "../../sandbox/sandbox";

/**
 * @param host what differs from a process of its own; by default it says nothing, and its engine is there
 * @param options the API's host, by default the sandbox itself; and the port of the credential, or the lifecycle, by
 * default those of AccessTokenRotation
 */
export async function inProcessProvider(
  sandbox: Sandbox,
  host: Partial<Host>,
  {
    apiHost = sandbox.url,
    port,
    lifecycle = lifecycleOf(port ?? accessToken),
  }: { readonly apiHost?: string; readonly port?: Credential; readonly lifecycle?: Lifecycle } = {},
): Promise<Provider> {
  const process: Host = {
    ...processHost,
    log: () => Promise.resolve(),
    isEngineGone: () => Promise.resolve(false),
    ...host,
  };
  const provider = plainProvider(process, lifecycle);
  const settings: Record<string, string> = {
    "launchdarkly:apiHost": apiHost,
    "launchdarkly:accessToken": sandbox.adminKey,
  };
  await provider.configure({ config: { get: (key: string) => settings[key] } as never });
  return provider;
}
