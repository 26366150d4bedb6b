/** The endpoints: what each answers to a caller whose key is good. Source: LaunchDarkly's OpenAPI description. */
import { applyPatch, type Operation } from "fast-json-patch";
import { z } from "zod";

import {
  type AccessToken,
  ACCOUNT_ID,
  createAccessToken,
  present,
  presentWithKey,
  resetKey,
  settingsSchema,
} from "./accessToken";
import type { OpenQuestions } from "./openQuestions";
import { type Action, mayManage, maySee } from "./permissions";
import { link } from "./representation";
import { failure, forbidden, invalidRequest, notFound, type Result } from "./result";
import type { Store } from "./store";

export interface Call {
  readonly store: Store;
  /** The token whose key the request carries. */
  readonly caller: AccessToken;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The id in the path; empty where the path has none. */
  readonly id: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly openQuestions: OpenQuestions;
}

export type Endpoint = (call: Call) => Result;

const DEFAULT_LIMIT = 25;

export function listTokens({ store, caller, query, openQuestions }: Call): Result {
  const limit = wholeNumber(query["limit"], DEFAULT_LIMIT);
  const offset = wholeNumber(query["offset"], 0);
  if (limit === undefined || limit === 0 || offset === undefined) {
    return invalidRequest("limit and offset must be whole numbers");
  }
  const showAll = query["showAll"] === "true";
  const visible = store
    .all()
    .filter((token) => maySee(caller, token))
    .filter((token) => showAll || token.serviceToken || token.memberId === caller.memberId);
  const page = (start: number) =>
    link(`/api/v2/tokens?limit=${limit}&offset=${start}${showAll ? "&showAll=true" : ""}`);
  const body = {
    items: visible.slice(offset, offset + limit).map((token) => present(token, openQuestions)),
    totalCount: visible.length,
    _links: {
      self: page(offset),
      ...(offset > 0 && { first: page(0), prev: page(Math.max(0, offset - limit)) }),
      ...(offset + limit < visible.length && {
        next: page(offset + limit),
        last: page(Math.floor((visible.length - 1) / limit) * limit),
      }),
    },
  };
  return { status: 200, body };
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
    const expiry = wholeNumber(call.query["expiry"], call.now);
    if (expiry === undefined || expiry < call.now) {
      return invalidRequest("expiry must be a time to come, in epoch milliseconds");
    }
    const reset = resetKey(token, expiry, call.now, call.openQuestions);
    call.store.save(reset);
    return { status: 200, body: presentWithKey(reset, call.openQuestions) };
  });
}

export function getCallerIdentity({ caller }: Call): Result {
  const { id, name, memberId, serviceToken = false } = caller;
  const body = {
    accountId: ACCOUNT_ID,
    authKind: "token",
    tokenKind: "auth",
    tokenId: id,
    tokenName: name ?? "",
    memberId,
    serviceToken,
  };
  return { status: 200, body };
}

function managed(call: Call, actions: readonly Action[], work: (token: AccessToken) => Result): Result {
  const token = visibleToken(call);
  if (token === undefined) return notFound;
  return actions.every((action) => mayManage(call.caller, action, token)) ? work(token) : forbidden;
}

/** Each setting takes an action of its own; what LaunchDarkly has no action for counts as a change of the policy. */
function patchActions(operations: unknown): Action[] {
  const paths = z
    .array(z.object({ path: z.string() }))
    .nonempty()
    .catch([{ path: "" }])
    .parse(operations);
  const actions = new Map<string, Action>([
    ["/name", "updateAccessTokenName"],
    ["/description", "updateAccessTokenDescription"],
  ]);
  return paths.map(({ path }) => actions.get(path) ?? "updateAccessTokenPolicy");
}

function visibleToken({ store, caller, id }: Call): AccessToken | undefined {
  const token = store.find(id);
  return token !== undefined && maySee(caller, token) ? token : undefined;
}

function patchedSettings(settings: object, operations: unknown[]): unknown {
  try {
    return applyPatch(settings, operations as Operation[], true, false).newDocument;
  } catch {
    return undefined;
  }
}

function wholeNumber(parameter: unknown, absent: number): number | undefined {
  if (parameter === undefined) return absent;
  return typeof parameter === "string" && /^\d{1,15}$/.test(parameter) ? Number(parameter) : undefined;
}
