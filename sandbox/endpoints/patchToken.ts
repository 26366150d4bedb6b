/** The patch of an access token. Source: LaunchDarkly's OpenAPI description, operation patchToken. */
import { isDeepStrictEqual } from "node:util";

import { type AccessToken, hasExpired, present, settingsSchema } from "../accessToken";
import { mayGive, mayManage, type TokenAction } from "../permissions";
import { failure, forbidden, invalidExpiry, invalidRequest, notFound, type Result } from "../result";
import type { Call } from "./call";
import { membersOf, patched, readPatch } from "./jsonPatch";
import { visibleToken } from "./tokens";

/** What can be changed once the token is there. A service token stays one. */
const editableSchema = settingsSchema.omit({ serviceToken: true }).strict();

const patchFailed = failure(422, "The patch could not be applied");

export function patchToken(call: Call): Result {
  const { store, now, openQuestions } = call;
  const token = visibleToken(call);
  if (token === undefined) return notFound;
  const patch = readPatch(call.body);
  if (!mayChange(call, token, patch === undefined ? [] : membersOf(patch))) return forbidden;
  if (patch === undefined) return invalidRequest("The body must be a list of patch operations");

  const shown = present(token, openQuestions);
  const wanted = patched(shown, patch, openQuestions);
  if (wanted === undefined) return patchFailed;
  const changes = changesBetween(shown, wanted);
  const settings = editableSchema.safeParse(changes);
  if (!settings.success || ("expiry" in changes && !openQuestions.knowsTokenExpiry)) return patchFailed;
  const names = Object.keys(changes);
  if (names.length === 0) return { status: 200, body: shown };
  if (!mayChange(call, token, names)) return forbidden;
  if (!openQuestions.grantsMoreThanOwn && !mayGive(call.caller, settings.data)) return forbidden;

  const saved: AccessToken = { ...token, ...settings.data, lastModified: now };
  if ("expiry" in changes && hasExpired(saved, now) && !openQuestions.acceptsPastTokenExpiry) return invalidExpiry;
  store.save(saved);
  return { status: 200, body: present(saved, openQuestions) };
}

/** A patch that changes nothing is managing the token all the same. */
function mayChange({ caller }: Call, token: AccessToken, members: readonly string[]): boolean {
  const actions = members.length === 0 ? [actionFor("")] : members.map(actionFor);
  return actions.every((action) => mayManage(caller, action, token));
}

/** Each setting takes an action of its own; what LaunchDarkly has no action for counts as a change of the policy. */
function actionFor(member: string): TokenAction {
  switch (member) {
    case "name":
      return "updateAccessTokenName";
    case "description":
      return "updateAccessTokenDescription";
    case "expiry":
      return "updateAccessTokenExpiry";
    default:
      return "updateAccessTokenPolicy";
  }
}

/** The members that differ, as they are wanted; undefined where they are to go. */
function changesBetween(shown: object, wanted: unknown): Readonly<Record<string, unknown>> {
  const before = asJson(shown);
  const after = asJson(wanted);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}

function asJson(document: unknown): Readonly<Record<string, unknown>> {
  return Object(JSON.parse(JSON.stringify(document))) as Readonly<Record<string, unknown>>;
}
