/** The endpoints of access tokens. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import {
  type AccessToken,
  createAccessToken,
  hasExpired,
  present,
  presentWithKey,
  resetKey,
  settingsSchema,
} from "../accessToken";
import { mayGive, mayManage, maySee, type TokenAction } from "../permissions";
import { failure, forbidden, invalidExpiry, invalidRequest, notFound, type Result } from "../result";
import type { Call } from "./call";
import { page } from "./page";
import { boolean, expiryOf } from "./parameters";

const tooManyTokens = failure(400, "The account has as many access tokens as it may have", "token_limit_reached");
const gone = failure(410, "Access tokens can no longer be reset; let them expire instead", "gone");

export function listTokens(call: Call): Result {
  const { store, caller, query, openQuestions } = call;
  const showAll = boolean(query["showAll"], false);
  if (showAll === undefined) return invalidRequest("showAll must be true or false");
  const items = store
    .all()
    .filter((token) => maySee(caller, token))
    .filter((token) => showAll || token.serviceToken || token.memberId === caller.memberId);
  const show = (token: AccessToken) => present(token, openQuestions);
  return page({ items, show, path: "/api/v2/tokens", defaultLimit: 25 }, call);
}

export function createToken({ store, caller, now, body, openQuestions }: Call): Result {
  const schema = openQuestions.knowsTokenExpiry ? settingsSchema : settingsSchema.omit({ expiry: true });
  const settings = schema.safeParse(body);
  const token = createAccessToken(settings.data ?? {}, caller.memberId, now);
  if (!mayManage(caller, "createAccessToken", token)) return forbidden;
  if (!settings.success) return invalidRequest("The body does not describe an access token");
  if (!openQuestions.grantsMoreThanOwn && !mayGive(caller, settings.data)) return forbidden;
  if (hasExpired(token, now) && !openQuestions.acceptsPastTokenExpiry) return invalidExpiry;
  if (store.all().length >= openQuestions.tokenLimit) return tooManyTokens;
  store.save(token);
  return { status: 201, body: presentWithKey(token, openQuestions) };
}

export function getToken(call: Call): Result {
  const token = visibleToken(call);
  return token === undefined ? notFound : { status: 200, body: present(token, call.openQuestions) };
}

export function deleteToken(call: Call): Result {
  return managed(call, "deleteAccessToken", ({ id }) => {
    call.store.delete(id);
    return { status: 204 };
  });
}

export function resetToken(call: Call): Result {
  if (call.openQuestions.isTokenResetGone) return gone;
  return managed(call, "resetAccessToken", (token) => {
    const expiry = expiryOf(call);
    if (expiry === undefined) return invalidExpiry;
    const reset = resetKey(token, expiry, call.now, call.openQuestions);
    call.store.save(reset);
    return { status: 200, body: presentWithKey(reset, call.openQuestions), resets: `token ${token.id}` };
  });
}

function managed(call: Call, action: TokenAction, work: (token: AccessToken) => Result): Result {
  const token = visibleToken(call);
  if (token === undefined) return notFound;
  return mayManage(call.caller, action, token) ? work(token) : forbidden;
}

/** The token that the path names, if the caller may know of it. */
export function visibleToken({ store, caller, parameters }: Call): AccessToken | undefined {
  const token = store.find(parameters["id"] ?? "");
  return token !== undefined && maySee(caller, token) ? token : undefined;
}
