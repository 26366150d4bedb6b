/** What a token may do with tokens. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import type { AccessToken } from "./accessToken";
import type { Statement } from "./statement";

/** LaunchDarkly's names of the actions. Source: https://launchdarkly.com/docs/home/account/role-actions */
export type Action =
  | "createAccessToken"
  | "updateAccessTokenName"
  | "updateAccessTokenDescription"
  | "updateAccessTokenPolicy"
  | "deleteAccessToken"
  | "resetAccessToken";

/** Service tokens are seen by all; a personal token by its member's tokens, and by those with the Admin role. */
export function maySee(caller: AccessToken, token: AccessToken): boolean {
  if (token.serviceToken || caller.role === "admin") return true;
  return !caller.serviceToken && caller.memberId === token.memberId;
}

/**
 * Managing tokens, itself included, takes the Admin role or a statement of the caller's own role that allows it; a
 * statement that denies it overrides all that allow it.
 * Source: https://launchdarkly.com/docs/home/account/role-policies
 *
 * @param token the token that the action is for; to create one, the one that would come about
 */
export function mayManage(caller: AccessToken, action: Action, token: AccessToken): boolean {
  if (caller.role === "admin") return true;
  const resource = specifier(token);
  const concerned = (caller.inlineRole ?? []).filter((statement) => concerns(statement, action, resource));
  return concerned.length > 0 && concerned.every(({ effect }) => effect === "allow");
}

/** How statements name a token. Source: https://launchdarkly.com/docs/home/account/role-resources */
function specifier({ id, memberId, serviceToken }: AccessToken): string {
  return serviceToken ? `service-token/${id}` : `member/${memberId}:token/${id}`;
}

/** A statement that names no actions, or no resources, concerns none. */
function concerns({ actions, notActions, resources, notResources }: Statement, action: Action, resource: string) {
  return targets(actions, notActions, action) && targets(resources, notResources, resource);
}

/** An empty list counts as left out. */
function targets(included: readonly string[] = [], excluded: readonly string[] = [], name: string): boolean {
  if (included.length > 0) return included.some((pattern) => matches(pattern, name));
  return excluded.length > 0 && !excluded.some((pattern) => matches(pattern, name));
}

/** `*` stands for any characters within one part of a name. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^:/]*")}$`).test(name);
}
