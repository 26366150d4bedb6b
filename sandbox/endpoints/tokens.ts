/** The endpoints of access tokens. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import { applyPatch, type Operation } from "fast-json-patch";
import { z } from "zod";

import {
  type AccessToken,
  createAccessToken,
  hasExpired,
  present,
  presentWithKey,
  resetKey,
  settingsSchema,
} from "../accessToken";
import { mayManage, maySee, type TokenAction } from "../permissions";
import { failure, forbidden, invalidExpiry, invalidRequest, notFound, type Result } from "../result";
import type { Call } from "./call";
import { page } from "./page";
import { expiryOf } from "./parameters";

const patchFailed = failure(422, "patch_failed", "The patch could not be applied");
const tooManyTokens = failure(400, "token_limit_reached", "The account has as many access tokens as it may have");
const gone = failure(410, "gone", "Access tokens can no longer be reset; let them expire instead");

export function listTokens(call: Call): Result {
  const { store, caller, query, openQuestions } = call;
  const items = store
    .all()
    .filter((token) => maySee(caller, token))
    .filter((token) => query["showAll"] === "true" || token.serviceToken || token.memberId === caller.memberId);
  const show = (token: AccessToken) => present(token, openQuestions);
  return page({ items, show, path: "/api/v2/tokens", defaultLimit: 25 }, call);
}

export function createToken({ store, caller, now, body, openQuestions }: Call): Result {
  const schema = openQuestions.knowsTokenExpiry ? settingsSchema : settingsSchema.omit({ expiry: true });
  const settings = schema.safeParse(body);
  const token = createAccessToken(settings.data ?? {}, caller.memberId, now);
  if (!mayManage(caller, "createAccessToken", token)) return forbidden;
  if (!settings.success) return invalidRequest("The body does not describe an access token");
  if (hasExpired(token, now) && !openQuestions.acceptsPastTokenExpiry) return invalidExpiry;
  if (store.all().length >= openQuestions.tokenLimit) return tooManyTokens;
  store.save(token);
  return { status: 201, body: presentWithKey(token, openQuestions) };
}

export function getToken(call: Call): Result {
  const token = visibleToken(call);
  return token === undefined ? notFound : { status: 200, body: present(token, call.openQuestions) };
}

export function patchToken(call: Call): Result {
  const { store, now, body, openQuestions } = call;
  return managed(call, patchActions(body), (token) => {
    if (!Array.isArray(body)) return invalidRequest("The body must be a list of patch operations");
    const schema = openQuestions.knowsTokenExpiry ? settingsSchema : settingsSchema.omit({ expiry: true });
    const patched = schema.strict().safeParse(patchedSettings(schema.parse(token), body));
    if (!patched.success) return patchFailed;
    const { id, memberId, creationDate, lastUsed, keys } = token;
    const saved: AccessToken = { ...patched.data, id, memberId, creationDate, lastUsed, keys, lastModified: now };
    const isPast = hasExpired(saved, now) && saved.expiry !== token.expiry;
    if (isPast && !openQuestions.acceptsPastTokenExpiry) return invalidExpiry;
    store.save(saved);
    return { status: 200, body: present(saved, openQuestions) };
  });
}

export function deleteToken(call: Call): Result {
  return managed(call, ["deleteAccessToken"], ({ id }) => {
    call.store.delete(id);
    return { status: 204 };
  });
}

export function resetToken(call: Call): Result {
  if (call.openQuestions.isTokenResetGone) return gone;
  return managed(call, ["resetAccessToken"], (token) => {
    const expiry = expiryOf(call);
    if (expiry === undefined) return invalidExpiry;
    const reset = resetKey(token, expiry, call.now, call.openQuestions);
    call.store.save(reset);
    return { status: 200, body: presentWithKey(reset, call.openQuestions), resets: `token ${token.id}` };
  });
}

function managed(call: Call, actions: readonly TokenAction[], work: (token: AccessToken) => Result): Result {
  const token = visibleToken(call);
  if (token === undefined) return notFound;
  return actions.every((action) => mayManage(call.caller, action, token)) ? work(token) : forbidden;
}

/** Each setting takes an action of its own; what LaunchDarkly has no action for counts as a change of the policy. */
function patchActions(operations: unknown): TokenAction[] {
  const paths = z
    .array(z.object({ path: z.string() }))
    .nonempty()
    .catch([{ path: "" }])
    .parse(operations);
  const actions = new Map<string, TokenAction>([
    ["/name", "updateAccessTokenName"],
    ["/description", "updateAccessTokenDescription"],
    ["/expiry", "updateAccessTokenExpiry"],
  ]);
  return paths.map(({ path }) => actions.get(path) ?? "updateAccessTokenPolicy");
}

function visibleToken({ store, caller, parameters }: Call): AccessToken | undefined {
  const token = store.find(parameters["id"] ?? "");
  return token !== undefined && maySee(caller, token) ? token : undefined;
}

function patchedSettings(settings: object, operations: unknown[]): unknown {
  try {
    return applyPatch(settings, operations as Operation[], true, false).newDocument;
  } catch {
    return undefined;
  }
}
