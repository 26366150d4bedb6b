/** A key that an environment has beside its default ones, and that the stack owns. Source: LaunchDarkly's clients, beta. */
import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import {
  epochMilliseconds,
  type Fixed,
  type KeyRecord,
  lastFourOf,
  shownText,
  wellFormedText,
  wholeKey,
} from "../../model/answers";
import type { ReplaceCredential, SettingChange } from "../../model/credential";
import { oldKeyExpirySchema } from "../../model/duration";
import { type OwnedInputs, plainText, rotationInputs, withoutProof } from "../../model/inputs";
import { type Json, UNKNOWN_VALUE } from "../../model/json";
import { identifierPrefix } from "../../model/mark";
import { HOLDS_A_WHOLE_KEY, LOOKS_LIKE_A_KEY } from "../../model/redact";
import { SETTING } from "../../model/settingNames";
import { environmentIdentity, environmentPath } from "../environment";

const LONGEST_NAME = 256;
const NAME = { error: `must be a name of 1 to ${LONGEST_NAME} characters` };
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const instant = epochMilliseconds.catch(null);

/** Treat malformed fields as absent. Source: schema SdkKey. */
const keySchema = z
  .object({
    key: shownText.pipe(z.string().min(1)),
    value: wellFormedText.nullable().catch(null),
    kind: z.string().nullable().catch(null),
    isDefault: z.boolean().nullable().catch(null),
    name: shownText.nullable().catch(null),
    description: shownText.nullable().catch(null),
    expiry: instant.transform((expiry) => (expiry === 0 ? null : expiry)),
    _createdAt: instant,
    _version: z.number().int().nullable().catch(null),
  })
  .transform(({ key: id, value, _createdAt: creationDate, _version: version, ...shown }): KeyRecord => {
    const lastFour = value === null ? null : lastFourOf(value);
    // LaunchDarkly does not say when such a key was last used.
    return { ...shown, id, key: wholeKey(value) ?? null, lastFour, creationDate, lastUsed: null, version };
  });

export interface OwnedKeyKind {
  readonly className: string;
  /** LaunchDarkly's name of the kind. */
  readonly kind: "sdk" | "mobile";
  /** What people call it. */
  readonly noun: string;
  readonly output: string;
  /** The grace where the program gives none. */
  readonly grace: { readonly milliseconds: number };
  /** The class that resets the environment's default key of this kind. */
  readonly resetClass: string;
}

/** The port of such keys of one kind. */
export function ownedKey({ className, kind, noun, output, grace, resetClass }: OwnedKeyKind): ReplaceCredential {
  const identifierForm = (what: string) =>
    z.string({ error: `must be ${what}` }).superRefine((value, context) => {
      if (value === UNKNOWN_VALUE) return;
      if (LOOKS_LIKE_A_KEY.test(value) || HOLDS_A_WHOLE_KEY.test(value))
        context.addIssue(`must be ${what}, and not a key`);
      else if (!IDENTIFIER.test(value) || value.length > LONGEST_NAME) {
        context.addIssue(`must be ${what}: letters, digits, ".", "_" and "-"`);
      }
    });
  const name = plainText(
    z
      .string({ error: `is required: the name of the ${noun}, a string such as "shop server"` })
      .refine((value) => value.trim() !== "" && value.length <= LONGEST_NAME, NAME),
  );
  const VIEWS = { error: "must be a list of keys of views" };
  const viewKey = plainText(z.string(VIEWS), "must be keys of views, and not secret keys");
  const viewKeys = z.union([z.array(viewKey), z.literal(UNKNOWN_VALUE).transform(() => undefined)], VIEWS);
  const forms = z.strictObject({
    owner: z.string({ error: "is the resource's own: construct it with its class" }),
    ...environmentIdentity,
    name,
    description: plainText(z.string({ error: "must be a string" })).optional(),
    keyPrefix: identifierForm("how the identifiers of the keys begin").optional(),
    viewKeys: viewKeys.optional(),
    ...rotationInputs,
    oldKeyExpiry: oldKeyExpirySchema.default({ kind: "duration", ...grace }),
    initialKeyId: identifierForm(`the identifier of a ${noun}`).optional(),
  });
  const inputs = forms.transform(
    ({ projectKey, environmentKey, description, keyPrefix, viewKeys: views, initialKeyId, ...given }): OwnedInputs => ({
      ...given,
      ...withoutProof,
      settings: { name: given.name, description },
      fixed: { projectKey, environmentKey },
      ...(views !== undefined && { atCreation: { viewKeys: views } }),
      idPrefix: keyPrefix,
      initial: initialKeyId === undefined ? undefined : { id: initialKeyId },
    }),
  );
  const place = {
    what: "environment, or the account's plan has no several keys for one (Enterprise and Guardian have them)",
    advice: `Check projectKey and environmentKey. Without such a plan, use ${resetClass}.`,
  };
  return {
    strategy: "replace",
    className,
    wording: {
      noun,
      it: `the ${noun}`,
      short: "key",
      // LaunchDarkly's word: its key is what identifies it.
      secret: "value",
      holder: "the environment",
      missing: { what: "key", advice: `Check ${SETTING.apiHost}, and that the key's role may view the environment.` },
      missingPlace: place,
    },
    inputs,
    inputNames: Object.keys(forms.shape).filter((input) => input !== "owner"),
    outputs: { key: output, lastFour: `${output}LastFour`, id: "keyId", previous: "previousKeys", newer: "newerKey" },
    fixed: ["projectKey", "environmentKey"].map((input) => ({ input, output: input, schema: z.string() })),
    settings: ["name", "description"],
    storedSettings: z.object({ name: z.string().optional(), description: z.string().optional() }),
    exclusive: [],
    initial: { id: "initialKeyId" },
    inputWarnings({ viewKeys: before, name: isThere }, { atCreation }, unknown) {
      if (isThere === undefined || unknown.has("viewKeys")) return [];
      const isEdited = !isDeepStrictEqual(before, atCreation?.["viewKeys"]);
      return isEdited ? ["viewKeys changed: the current key keeps its views. They hold for the next key."] : [];
    },
    paths: {
      list: (fixed) => keysPath(fixed),
      record: (fixed, id) => `${keysPath(fixed)}/${encodeURIComponent(id)}`,
    },
    apiVersion: "beta",
    otherwise: `Or the account's plan has no several keys for an environment: then use ${resetClass}.`,
    identifier: ({ owner, idPrefix }, number) => `${idPrefix ?? identifierPrefix(owner)}-${number}`,
    listQuery: { filter: `kind:${kind}` },
    // LaunchDarkly's names of these actions could not be found in any source.
    actions: {},
    readRecord: (body) => keySchema.safeParse(body).data,
    readNewKey: (body) => keySchema.safeParse(body).data?.key ?? undefined,
    creation: (settings, _fixed, id) => JSON.parse(JSON.stringify({ ...settings, key: id, kind })) as Json,
    change: (changes) => Object.fromEntries(changes.map(memberOf)),
    expiry: (at) => [{ expiry: at }],
    fixedProblem(_fixed, { kind: is, isDefault }) {
      if (isDefault === true)
        return `it is a default key of the environment, which no stack can own. Use ${resetClass}.`;
      if (is !== kind && is !== null) return "it is a key of another kind.";
      return is === null || isDefault === null
        ? "LaunchDarkly does not say of which kind it is, or whether it is a default key of the environment."
        : undefined;
    },
    isOfKind({ kind: is, isDefault }) {
      if (isDefault === true || (is !== null && is !== kind)) return false;
      return is === null || isDefault === null ? undefined : true;
    },
    tellsUse: false,
    isAccessToken: false,
    isReadable: true,
  };
}

/** A plain object, where a token takes JSON Patch. */
function memberOf(change: SettingChange): [string, Json] {
  return [change.setting, change.kind === "set" ? change.value : ""];
}

function keysPath({ projectKey, environmentKey }: Fixed): string {
  return `${environmentPath({ projectKey: String(projectKey), environmentKey: String(environmentKey) })}/sdk-keys`;
}
