/** An API access token, reset in place. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import { z } from "zod";

import type { ResetCredential } from "../../model/credential";
import { type Found, lastFourOf } from "../../model/found";
import { accessTokenSchema, readNewTokenKey, tokenPath } from "../tokens/token";
import { accessTokenInputs } from "./inputs";

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
  const { token, lastModified, ...details } = parsed.data;
  // A look never gives the whole key, even if the answer holds it.
  return { key: null, lastFour: token === null ? null : lastFourOf(token), lastModified, details };
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
