/** The endpoints of environments. Source: LaunchDarkly's OpenAPI description, tag Environments. */
import { type Environment, nameOf, presentEnvironment, resetMobileKey, resetSdkKey } from "../environment";
import { mayManageEnvironment } from "../permissions";
import { forbidden, invalidExpiry, invalidRequest, notFound, type Result } from "../result";
import type { Call } from "./call";
import { queried } from "./environmentQuery";
import { page } from "./page";
import { expiryOf } from "./parameters";

export function listEnvironments(call: Call): Result {
  const { store, parameters } = call;
  const { projectKey = "" } = parameters;
  const ofProject = store.environments.all().filter((environment) => environment.projectKey === projectKey);
  // LaunchDarkly lets no project be without an environment.
  if (ofProject.length === 0) return notFound;
  const items = queried(ofProject, call);
  if (items === undefined) return invalidRequest("filter or sort names a field that environments do not have");
  const show = (environment: Environment) => presentEnvironment(environment, maySeeSdkKey(call, environment));
  return page({ items, show, path: `/api/v2/projects/${projectKey}/environments`, defaultLimit: 20 }, call);
}

export function getEnvironment(call: Call): Result {
  const environment = environmentOf(call);
  if (environment === undefined) return notFound;
  const showsSdkKey = maySeeSdkKey(call, environment);
  if (!showsSdkKey && call.openQuestions.refusesWithoutViewSdkKey) return forbidden;
  return { status: 200, body: presentEnvironment(environment, showsSdkKey) };
}

/** Shows the new key to whoever may reset it: no other answer is of use to such a caller. */
export function resetEnvironmentSdkKey(call: Call): Result {
  const environment = environmentOf(call);
  if (environment === undefined) return notFound;
  if (!mayManageEnvironment(call.caller, "updateApiKey", environment)) return forbidden;
  const expiry = expiryOf(call);
  if (expiry === undefined) return invalidExpiry;
  const reset = resetSdkKey(environment, expiry, call.now);
  call.store.environments.save(reset);
  return { status: 200, body: presentEnvironment(reset, true), resets: `sdkKey ${nameOf(reset)}` };
}

/** Ignores an expiry, whatever it is: the description calls it deprecated, and the old key dies at once. */
export function resetEnvironmentMobileKey(call: Call): Result {
  const environment = environmentOf(call);
  if (environment === undefined) return notFound;
  if (!mayManageEnvironment(call.caller, "updateMobileKey", environment)) return forbidden;
  const reset = resetMobileKey(environment, call.now);
  call.store.environments.save(reset);
  const body = presentEnvironment(reset, maySeeSdkKey(call, reset));
  return { status: 200, body, resets: `mobileKey ${nameOf(reset)}` };
}

/** The environment that the path names. */
export function environmentOf({ store, parameters: { projectKey, environmentKey } }: Call): Environment | undefined {
  return store.environments.all().find((one) => one.projectKey === projectKey && one.key === environmentKey);
}

export function maySeeSdkKey({ caller }: Call, environment: Environment): boolean {
  return mayManageEnvironment(caller, "viewSdkKey", environment);
}
