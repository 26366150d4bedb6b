/** The endpoints of an environment's several keys, SDK keys and mobile keys alike. Source: LaunchDarkly's clients. */
import { z } from "zod";

import {
  type AdditionalKey,
  additionalKeySettingsSchema,
  changed,
  changesSchema,
  createAdditionalKey,
  holdsIdentifier,
  kindSchema,
} from "../additionalKey";
import type { Environment } from "../environment";
import { type EnvironmentKey, isExpired, keysOf, presentKey } from "../environmentKeys";
import { mayManageKeys } from "../permissions";
import { failure, forbidden, invalidExpiry, invalidRequest, notFound, type Result } from "../result";
import type { Call, Endpoint } from "./call";
import { environmentOf, maySeeSdkKey } from "./environments";
import { queriedKeys } from "./keyQuery";
import { page } from "./page";
import { integer } from "./parameters";

/** LaunchDarkly's own keys of projects and environments have this form; its Terraform provider asks it of these too. */
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const postSchema = additionalKeySettingsSchema
  .omit({ keyId: true })
  .extend({ key: z.string().regex(IDENTIFIER), kind: kindSchema.default("sdk") })
  .transform(({ key, ...settings }) => ({ ...settings, keyId: key }));

const onlyBeta = failure(403, "This endpoint needs the header LD-API-Version: beta");
const notInPlan = "The account's plan has no keys beside the default ones of an environment";
const isTaken = failure(409, "There is an SDK key with this key already", "conflict");
const isOfEnvironment = failure(409, "A default key of the environment can't be changed or deleted here", "conflict");
const isOutdated = failure(409, "The SDK key has another version by now");

export const listSdkKeys = ofEnvironment((call, environment) => {
  const { store, now, openQuestions } = call;
  const items = queriedKeys(keysOf(store, environment, now), call);
  if (items === undefined) return invalidRequest("filter or sort names what keys do not have");
  const show = (key: EnvironmentKey) => ({
    ...presentKey(environment, key, maySee(call, environment, key), openQuestions),
    ...(key.viewKeys !== undefined && { viewSummaries: key.viewKeys.map((viewKey) => ({ key: viewKey })) }),
  });
  const path = `/api/v2/projects/${environment.projectKey}/environments/${environment.key}/sdk-keys`;
  return page({ items, show, path, defaultLimit: 20, maximumLimit: 100 }, call);
});

/** Shows the new key to whoever may create it: no other answer is of use to such a caller. */
export const createSdkKey = ofEnvironment((call, environment) => {
  const { store, caller, now, body, openQuestions } = call;
  const settings = postSchema.safeParse(body);
  if (!mayManageKeys(caller, settings.data?.kind ?? "sdk", environment, openQuestions)) return forbidden;
  if (!settings.success || settings.data.keyId.length > openQuestions.longestKeyId) {
    return invalidRequest("The body does not describe an SDK key");
  }
  if (!isPossible(settings.data.expiry, call)) return invalidExpiry;
  const isHeld = store.additionalKeys
    .all()
    .some(
      (one) =>
        one.environmentId === environment.id &&
        one.keyId === settings.data.keyId &&
        holdsIdentifier(one, now, openQuestions),
    );
  const { id: environmentId } = environment;
  const isThere = keysOf(store, environment, now).some(({ keyId }) => keyId === settings.data.keyId);
  if (isHeld || isThere) return isTaken;
  const key = createAdditionalKey(settings.data, { environmentId, memberId: caller.memberId, now });
  store.additionalKeys.save(key);
  return { status: 201, body: presentKey(environment, { ...key, additional: key }, true, openQuestions) };
});

export const getSdkKey = ofKey((call, environment, key) => {
  const isShown = maySee(call, environment, key);
  if (!isShown && call.openQuestions.valuesWithoutViewSdkKey === "refused") return forbidden;
  return { status: 200, body: presentKey(environment, key, isShown, call.openQuestions) };
});

export const patchSdkKey = ofManagedKey((call, environment, key) => {
  const { store, query, now, body, openQuestions } = call;
  const schema = openQuestions.patchesViewKeys ? changesSchema : changesSchema.omit({ viewKeys: true });
  const changes = schema.safeParse(body);
  const version = integer(query["version"], key.version);
  if (!changes.success || version === undefined) {
    return invalidRequest("The body must be an object of what is to change, and version an integer");
  }
  const { expiry } = changes.data;
  const isRevived = expiry !== undefined && isExpired(key, now);
  if (!isPossible(expiry, call) || (isRevived && !openQuestions.revivesExpiredKeys)) return invalidExpiry;
  if (version !== key.version) return isOutdated;
  const after = Object.keys(changes.data).length === 0 ? key : changed(key, changes.data, now);
  store.additionalKeys.save(after);
  const shown: EnvironmentKey = { ...after, additional: after };
  return { status: 200, body: presentKey(environment, shown, maySee(call, environment, shown), openQuestions) };
});

export const deleteSdkKey = ofManagedKey(({ store, now }, _environment, key) => {
  store.additionalKeys.save({ ...key, deletedAt: now });
  return { status: 204 };
});

/** Answers only requests that ask for the beta version, of an account whose plan has several keys. */
function ofEnvironment(work: (call: Call, environment: Environment) => Result): Endpoint {
  return (call) => {
    const { withoutSeveralKeys } = call.openQuestions;
    if (call.version !== "beta") return onlyBeta;
    if (withoutSeveralKeys !== undefined) return failure(withoutSeveralKeys, notInPlan);
    const environment = environmentOf(call);
    return environment === undefined ? notFound : work(call, environment);
  };
}

function ofKey(work: (call: Call, environment: Environment, key: EnvironmentKey) => Result): Endpoint {
  return ofEnvironment((call, environment) => {
    const keys = keysOf(call.store, environment, call.now);
    const key = keys.find(({ keyId }) => keyId === call.parameters["sdkKeyKey"]);
    return key === undefined ? notFound : work(call, environment, key);
  });
}

function ofManagedKey(work: (call: Call, environment: Environment, key: AdditionalKey) => Result): Endpoint {
  return ofKey((call, environment, { kind, additional }) => {
    if (!mayManageKeys(call.caller, kind, environment, call.openQuestions)) return forbidden;
    return additional === undefined ? isOfEnvironment : work(call, environment, additional);
  });
}

function maySee(call: Call, environment: Environment, { kind }: EnvironmentKey): boolean {
  const { valuesWithoutViewSdkKey, hidesMobileKeys } = call.openQuestions;
  if (valuesWithoutViewSdkKey === "shown" || (kind === "mobile" && !hidesMobileKeys)) return true;
  return maySeeSdkKey(call, environment);
}

/** Whether a key may expire then, in epoch milliseconds; undefined for never. */
function isPossible(expiry: number | undefined, { now, openQuestions }: Call): boolean {
  if (expiry === undefined) return true;
  if (expiry - now > openQuestions.longestKeyExpiryMs) return false;
  return expiry > now || openQuestions.acceptsPastKeyExpiry;
}
