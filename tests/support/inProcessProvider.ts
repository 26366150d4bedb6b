/** The provider in the test's own process, for tests that rule its clock, its waits or its messages. */
import { accessToken } from "../../provider/credentials/accessToken/credential";
import { processHost } from "../../provider/hosts/dynamic/processHost";
import { plainProvider, type Provider } from "../../provider/hosts/dynamic/provider";
import type { Lifecycle } from "../../provider/lifecycle/lifecycle";
import { lifecycleOf } from "../../provider/lifecycle/lifecycleOf";
import type { Credential } from "../../provider/model/credential";
import type { Host } from "../../provider/run/host";
import type { Sandbox } from "../../sandbox/sandbox";
import type { Properties } from "./providerProcess";
import { unnamed } from "./unnamed";

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

/** A host by the sandbox's clock, which waits for nothing. @param shown gets each message, after its severity */
export function hostAt({ clock }: Sandbox, shown: string[]): Partial<Host> {
  return {
    clock: () => clock.now(),
    wait: () => Promise.resolve(),
    log: (severity, message, urn) => {
      shown.push(`${severity}: ${unnamed(message, urn)}`);
      return Promise.resolve();
    },
  };
}

/** As the engine keeps it. */
export function stored(outs: unknown): Properties {
  return JSON.parse(JSON.stringify(outs)) as Properties;
}
