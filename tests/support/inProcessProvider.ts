/** The provider in the test's own process, for tests that rule its clock, its waits or its messages. */
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { type Lifecycle, lifecycleOf, plainProvider, type Provider } from "../../provider/lifecycle/provider";
import { processSurroundings } from "../../provider/lifecycle/surroundings";
import type { Credential } from "../../provider/model/credential";
import type { Surroundings } from "../../provider/run/surroundings";
import type { Sandbox } from "../../sandbox/sandbox";

/**
 * @param surroundings what differs from a process of its own; by default it says nothing, and its engine is there
 * @param options the API's host, by default the sandbox itself; and the port of the credential, or the lifecycle, by
 * default those of AccessTokenRotation
 */
export async function inProcessProvider(
  sandbox: Sandbox,
  surroundings: Partial<Surroundings>,
  {
    apiHost = sandbox.url,
    port,
    lifecycle = lifecycleOf(port ?? accessToken),
  }: { readonly apiHost?: string; readonly port?: Credential; readonly lifecycle?: Lifecycle } = {},
): Promise<Provider> {
  const process: Surroundings = {
    ...processSurroundings,
    log: () => Promise.resolve(),
    isEngineGone: () => Promise.resolve(false),
    ...surroundings,
  };
  const provider = plainProvider(process, lifecycle);
  const settings: Record<string, string> = {
    "launchdarkly:apiHost": apiHost,
    "launchdarkly:accessToken": sandbox.adminKey,
  };
  await provider.configure({ config: { get: (key: string) => settings[key] } as never });
  return provider;
}
