/** Who the caller is. Source: LaunchDarkly's OpenAPI description, tag Other. */
import { ACCOUNT_ID } from "../accessToken";
import type { Result } from "../result";
import type { Call } from "./call";

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
