/** The endpoints of access tokens. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import { applyPatch, type Operation } from "fast-json-patch";
import { z } from "zod";

import { type AccessToken, createAccessToken, present, presentWithKey, resetKey, settingsSchema } from "../accessToken";
import { mayManage, maySee, type TokenAction } from "../permissions";
import { failure, forbidden, invalidExpiry, invalidRequest, notFound, type Result } from "../result";
import type { Call } from "./call";
import { page } from "./page";
import { expiryOf } from "./parameters";

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
  const settings = settingsSchema.safeParse(body);
  const token = createAccessToken(settings.data ?? {}, caller.memberId, now);
  if (!mayManage(caller, "createAccessToken", token)) return forbidden;
  if (!settings.success) return invalidRequest("The body does not describe an access token");
  store.save(token);
  return { status: 201, body: presentWithKey(token, openQuestions) };
}

export function getToken(call: Call): Result {
  const token = visibleToken(call);
  return token === undefined ? notFound : { status: 200, body: present(token, call.openQuestions) };
}

export function patchToken(call: Call): Result {
  return managed(call, patchActions(call.body), (token) => {
    if (!Array.isArray(call.body)) return invalidRequest("The body must be a list of patch operations");
    const patched = settingsSchema.strict().safeParse(patchedSettings(settingsSchema.parse(token), call.body));
    if (!patched.success) return failure(422, "patch_failed", "The patch could not be applied");
    const saved = { ...token, ...patched.data, lastModified: call.now };
    call.store.save(saved);
    return { status: 200, body: present(saved, call.openQuestions) };
  });
}

export function deleteToken(call: Call): Result {
  return managed(call, ["deleteAccessToken"], ({ id }) => {
    call.store.delete(id);
    return { status: 204 };
  });
}

export function resetToken(call: Call): Result {
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
