/** What a token may do with tokens. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import type { AccessToken } from "./accessToken";

/** LaunchDarkly's names of the actions. Source: https://launchdarkly.com/docs/home/account/role-actions */
export type Action = "createAccessToken" | "updateAccessToken" | "deleteAccessToken" | "resetAccessToken";

/** Service tokens are seen by all; a personal token by its member's tokens, and by those with the Admin role. */
export function maySee(caller: AccessToken, token: AccessToken): boolean {
  if (token.serviceToken || caller.role === "admin") return true;
  return !caller.serviceToken && caller.memberId === token.memberId;
}

/** Managing tokens, itself included, takes the Admin role or a statement of the token's own role that allows it. */
export function mayManage(caller: AccessToken, action: Action): boolean {
  if (caller.role === "admin") return true;
  const statements = caller.inlineRole ?? [];
  const concerned = statements.filter(({ actions = [] }) => actions.includes("*") || actions.includes(action));
  return concerned.length > 0 && concerned.every(({ effect }) => effect === "allow");
}
