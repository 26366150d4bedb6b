/** An API access token, reset in place. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import { z } from "zod";

import { type Found, lastFourOf } from "../../model/answers";
import type { ResetCredential } from "../../model/credential";
import { flag, grace, inputsOf, keyInput, rotationInputs } from "../../model/inputs";
import { UNKNOWN_VALUE } from "../../model/json";
import { LOOKS_LIKE_A_KEY } from "../../model/redact";
import { accessTokenSchema, readNewTokenKey, tokenPath } from "../tokens/token";

const ID_EXAMPLE = '"61095542756dba551110ae21"';

export const tokenId = z
  .string({ error: `is required: the id of the access token to rotate, a string such as ${ID_EXAMPLE}` })
  .superRefine((value, context) => {
    if (value === UNKNOWN_VALUE) return;
    if (LOOKS_LIKE_A_KEY.test(value)) {
      context.addIssue("must be the id of the access token, not a key; LaunchDarkly shows the id in the token's URL");
    } else if (!/^\w{1,64}$/.test(value)) {
      context.addIssue(`must be the id of an access token: letters and digits only, such as ${ID_EXAMPLE}`);
    }
  });

const initialToken = keyInput(
  "api-",
  "is a key of another kind; it must be the key of the access token (api-…)",
  "to reset the token, leave it out",
);

export const accessTokenInputs = inputsOf(
  {
    tokenId,
    ...rotationInputs,
    ...grace,
    initialToken: initialToken.optional(),
    verify: flag(true),
    allowSelfRotation: flag(false),
  },
  ({ tokenId: id, initialToken: initialKey, ...rest }) => ({ ...rest, identity: { tokenId: id }, initialKey }),
);

/** What is said of a token, as outputs of a resource. */
const accessTokenDetails = z.object({
  name: z.string().nullable().default(null),
  role: z.string().nullable().default(null),
  customRoleIds: z.array(z.string()).default([]),
  serviceToken: z.boolean().nullable().default(null),
  defaultApiVersion: z.number().nullable().default(null),
});

function readAccessToken(body: unknown): Found | undefined {
  const parsed = accessTokenSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { token, lastModified, expiry, ...details } = parsed.data;
  // A look never gives the whole key, even if the answer holds it.
  return { key: null, lastFour: token === null ? null : lastFourOf(token), lastModified, expiry, details };
}

export const accessToken: ResetCredential = {
  strategy: "reset",
  className: "AccessTokenRotation",
  wording: {
    noun: "access token",
    it: "the token",
    missing: {
      what: "token",
      advice: "Check the id; a personal token of somebody else needs a key with the Admin role.",
    },
  },
  identity: ["tokenId"],
  ...accessTokenInputs,
  initialKey: "initialToken",
  outputs: { key: "token", lastFour: "tokenLastFour" },
  details: accessTokenDetails,
  toldDetails: { role: "role", customRoleIds: "custom roles" },
  paths: { look: ({ tokenId }) => tokenPath(tokenId), reset: ({ tokenId }) => `${tokenPath(tokenId)}/reset` },
  actions: { reset: "resetAccessToken" },
  withoutReset:
    "Use RotatingAccessToken, which creates the next token instead: give it this token's key as initialToken and its id as initialTokenId, and nothing changes for those who use the key.",
  readFound: readAccessToken,
  readNewKey: readNewTokenKey,
  isReadable: false,
  accessTokenId: ({ tokenId = "" }) => tokenId,
};
