/**
 * The entry point that the states of all resources but the oldest refer to, for ever: their serialized stubs require
 * `pulumi-launchdarkly-rotation/providers` by name and ask for the provider of their class.
 */
import { credentials } from "./credentials/all";
import { ownedLifecycle } from "./lifecycle/owned/lifecycle";
import type { Provider } from "./lifecycle/methods";
import { createProvider, type Lifecycle, lifecycleOf } from "./lifecycle/provider";
import { processSurroundings } from "./lifecycle/surroundings";

const lifecycles: ReadonlyMap<string, Lifecycle> = new Map([
  ...credentials.map((credential) => [credential.className, lifecycleOf(credential)] as const),
  ["RotatingAccessToken", ownedLifecycle],
]);

const providers = new Map<string, Provider>();

/**
 * The provider of a resource's class: the same one at every call.
 *
 * @throws {Error} if this version of the package has no such class
 */
export function providerOf(className: string): Provider {
  const known = providers.get(className);
  if (known !== undefined) return known;
  const lifecycle = lifecycles.get(className);
  if (lifecycle === undefined) {
    throw new Error(
      `The installed version of pulumi-launchdarkly-rotation has no ${className}: a newer one made this resource. Install that version.`,
    );
  }
  const provider = createProvider(processSurroundings, lifecycle);
  providers.set(className, provider);
  return provider;
}
