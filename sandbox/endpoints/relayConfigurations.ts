/** The endpoints of Relay Proxy configurations. Source: LaunchDarkly's OpenAPI description, tag of that name. */
import { mayManageRelayConfiguration } from "../permissions";
import { presentRelayConfiguration, presentWithFullKey, resetRelayKey } from "../relayConfiguration";
import { forbidden, invalidExpiry, notFound, type Result } from "../result";
import type { Call } from "./call";
import { expiryOf } from "./parameters";

/** Every configuration at once: the description knows no pages for them. */
export function listRelayConfigurations({ store, openQuestions }: Call): Result {
  const items = store.relayConfigurations.all().map((one) => presentRelayConfiguration(one, openQuestions));
  return { status: 200, body: { items } };
}

export function getRelayConfiguration({ store, parameters, openQuestions }: Call): Result {
  const configuration = store.relayConfigurations.find(parameters["id"] ?? "");
  if (configuration === undefined) return notFound;
  return { status: 200, body: presentRelayConfiguration(configuration, openQuestions) };
}

export function resetRelayConfiguration(call: Call): Result {
  const { store, caller, now, parameters, openQuestions } = call;
  const configuration = store.relayConfigurations.find(parameters["id"] ?? "");
  if (configuration === undefined) return notFound;
  if (!mayManageRelayConfiguration(caller, "resetRelayAutoConfiguration", configuration)) return forbidden;
  const expiry = expiryOf(call);
  if (expiry === undefined) return invalidExpiry;
  const reset = resetRelayKey(configuration, expiry, now, openQuestions);
  store.relayConfigurations.save(reset);
  return { status: 200, body: presentWithFullKey(reset, openQuestions), resets: `relayKey ${reset.id}` };
}
