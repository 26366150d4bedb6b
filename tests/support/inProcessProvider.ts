/** The provider in the test's own process, for tests that rule its clock, its waits or its messages. */
import { createProvider, type Provider } from "../../provider/lifecycle/provider";
import { processSurroundings } from "../../provider/lifecycle/surroundings";
import type { Surroundings } from "../../provider/run/surroundings";
import type { Sandbox } from "../../sandbox/sandbox";

/**
 * @param surroundings what differs from a process of its own; by default it says nothing, and its engine is there
 * @param apiHost by default the sandbox itself
 */
export async function inProcessProvider(
  sandbox: Sandbox,
  surroundings: Partial<Surroundings>,
  apiHost = sandbox.url,
): Promise<Provider> {
  const provider = createProvider({
    ...processSurroundings,
    log: () => Promise.resolve(),
    isEngineGone: () => Promise.resolve(false),
    ...surroundings,
  });
  const settings: Record<string, string> = {
    "launchdarkly:apiHost": apiHost,
    "launchdarkly:accessToken": sandbox.adminKey,
  };
  await provider.configure({ config: { get: (key: string) => settings[key] } as never });
  return provider;
}
