/**
 * The entry point that the states of all resources but the oldest refer to, for ever: their serialized stubs require
 * `pulumi-launchdarkly-rotation/providers` by name and ask for the provider of their class.
 */
import { credentials } from "./credentials/all";
import type { Provider } from "./hosts/dynamic/methods";
import { processHost } from "./hosts/dynamic/processHost";
import { createProvider } from "./hosts/dynamic/provider";
import { lifecycleOf } from "./lifecycle/lifecycleOf";

const providers = new Map<string, Provider>();

/**
 * The provider of a resource's class: the same one at every call.
 *
 * @throws {Error} if this version of the package has no such class
 */
export function providerOf(className: string): Provider {
  const known = providers.get(className);
  if (known !== undefined) return known;
  const credential = credentials.find((one) => one.className === className);
  if (credential === undefined) {
    throw new Error(
      `The installed version of pulumi-launchdarkly-rotation has no ${className}: a newer one made this resource. Install that version.`,
    );
  }
  const provider = createProvider(processHost, lifecycleOf(credential));
  providers.set(className, provider);
  return provider;
}
