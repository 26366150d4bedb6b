/** An API access token, reset in place. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import type { Credential } from "../../model/credential";
import { accessTokenDetails, readAccessToken, readNewAccessTokenKey } from "./accessToken";
import { accessTokenInputs } from "./inputs";

const path = (id = "") => `/api/v2/tokens/${encodeURIComponent(id)}`;

export const accessToken: Credential = {
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
  outputs: { key: "token", keyEnding: "tokenLastFour" },
  details: accessTokenDetails,
  toldDetails: { role: "role", customRoleIds: "custom roles" },
  paths: { look: ({ tokenId }) => path(tokenId), reset: ({ tokenId }) => `${path(tokenId)}/reset` },
  actions: { reset: "resetAccessToken" },
  withoutReset:
    "Use RotatingAccessToken, which creates the next token instead: give it this token's key as initialToken and its id as initialTokenId, and nothing changes for those who use the key.",
  readFound: readAccessToken,
  readNewKey: readNewAccessTokenKey,
  isReadable: false,
  accessTokenId: ({ tokenId = "" }) => tokenId,
};
