/** An access token that the stack owns. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import { z } from "zod";

import type { ReplaceCredential, SettingChange } from "../../model/credential";
import { oldKeyExpirySchema } from "../../model/duration";
import { flag, keyInput, type OwnedInputs, rotationInputs } from "../../model/inputs";
import type { Json } from "../../model/json";
import { printable } from "../../model/redact";
import { SETTING } from "../../model/settingNames";
import { tokenId } from "../accessToken/credential";
import { nearMissOfRole, rolesTooMany, storedTokenSettings, TOKEN_ROLES, tokenSettings } from "../tokens/settings";
import { readNewTokenKey, readTokenRecord, tokenPath, TOKENS } from "../tokens/token";

const ANOTHER_KIND = "is a key of another kind; it must be the key of the access token (api-…)";
const initialToken = keyInput("api-", ANOTHER_KIND, "to make a new token, leave it out");

const { name, description, role, customRoleIds, inlineRole, defaultApiVersion } = tokenSettings;

/** In the order in which people are told them; the owner is the resource's own. */
const forms = z.strictObject({
  owner: z.string({ error: "is the resource's own: construct it with its class" }),
  ...{ name, description, role, customRoleIds, inlineRole },
  serviceToken: flag(true),
  defaultApiVersion,
  ...rotationInputs,
  oldKeyExpiry: oldKeyExpirySchema.default({ kind: "duration", milliseconds: 24 * 60 * 60 * 1000 }),
  verify: flag(true),
  allowSelfRotation: flag(false),
  initialToken: initialToken.optional(),
  initialTokenId: tokenId.optional(),
});

const inputs = forms
  .superRefine((given, context) => {
    for (const { input, message } of rolesTooMany(given)) {
      context.addIssue({ code: "custom", path: [input], message });
    }
    const [key, id] = [given.initialToken, given.initialTokenId].map((value) => value !== undefined);
    if (key === id) return;
    const [absent, other] = key ? ["initialTokenId", "initialToken"] : ["initialToken", "initialTokenId"];
    const message = `must be given with ${other}: both say which token to take over`;
    context.addIssue({ code: "custom", path: [absent], message });
  })
  .transform(({ initialToken: key, initialTokenId: id, serviceToken, ...given }): OwnedInputs => {
    const { name, description, role, customRoleIds, inlineRole, defaultApiVersion, ...others } = given;
    const settings = { name, description, role, customRoleIds, inlineRole, defaultApiVersion };
    const initial = key === undefined || id === undefined ? undefined : { key, id };
    return { ...others, name, settings, fixed: { serviceToken }, initial };
  });

/** JSON Patch, RFC 6902. Its `add` also replaces a member that is there. */
function stepOf(change: SettingChange): Json {
  if (change.kind === "remove") return { op: "remove", path: `/${change.setting}` };
  return { op: "add", path: `/${change.setting}`, value: change.value };
}

export const rotatingAccessToken: ReplaceCredential = {
  strategy: "replace",
  className: "RotatingAccessToken",
  wording: {
    noun: "access token",
    it: "the token",
    short: "token",
    secret: "key",
    holder: "the account",
    missing: { what: "token", advice: `Check ${SETTING.apiHost}, and that the key is of the same account.` },
  },
  inputs,
  inputNames: Object.keys(forms.shape).filter((input) => input !== "owner"),
  outputs: {
    key: "token",
    lastFour: "tokenLastFour",
    id: "tokenId",
    previous: "previousTokens",
    newer: "newerToken",
  },
  fixed: [{ input: "serviceToken", output: "isServiceToken", schema: z.boolean().default(true) }],
  settings: ["name", "description", "role", "customRoleIds", "inlineRole", "defaultApiVersion"],
  storedSettings: storedTokenSettings,
  exclusive: TOKEN_ROLES,
  initial: { id: "initialTokenId", key: "initialToken" },
  inputWarnings(before, { settings }) {
    const miss = nearMissOfRole(before, settings);
    return miss ? [`Not a known role: "${printable(miss.role)}". Perhaps "${miss.right}" is meant.`] : [];
  },
  paths: { list: () => TOKENS, record: (_fixed, id) => tokenPath(id) },
  // Without showAll, an Admin's key is shown no personal tokens of other members.
  listQuery: { showAll: "true" },
  actions: {
    create: "createAccessToken",
    expire: "updateAccessTokenExpiry",
    delete: "deleteAccessToken",
    describe: "updateAccessTokenDescription",
    // LaunchDarkly has an action for each. Source: https://launchdarkly.com/docs/home/account/role-actions
    change: "updateAccessTokenName, updateAccessTokenDescription or updateAccessTokenPolicy",
  },
  readRecord: readTokenRecord,
  readNewKey: readNewTokenKey,
  creation: (settings, { serviceToken }) => JSON.parse(JSON.stringify({ ...settings, serviceToken })) as Json,
  change: (changes) => changes.map(stepOf),
  // `add` covers a token that has one already; a server that takes it at its word may want `replace`.
  expiry: (at) => ["add", "replace"].map((op): Json => [{ op, path: "/expiry", value: at }]),
  fixedProblem({ serviceToken: wanted }, { serviceToken: is }) {
    if (wanted === undefined || typeof is !== "boolean" || is === wanted) return undefined;
    return `it is ${is ? "a service token" : "a personal token"}, and LaunchDarkly can't change that. Set serviceToken to ${String(is)}.`;
  },
  isOfKind: () => true,
  tellsUse: true,
  isAccessToken: true,
  isReadable: false,
};
