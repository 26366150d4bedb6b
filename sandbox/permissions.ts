/** What a token may do. Source: LaunchDarkly's OpenAPI description, tag Access tokens. */
import type { AccessToken, Settings } from "./accessToken";
import type { KeyKind } from "./additionalKey";
import type { Environment } from "./environment";
import type { OpenQuestions } from "./openQuestions";
import type { RelayConfiguration } from "./relayConfiguration";
import type { Statement } from "./statement";

/** LaunchDarkly's names of the actions. Source: https://launchdarkly.com/docs/home/account/role-actions */
export type TokenAction =
  | "createAccessToken"
  | "updateAccessTokenName"
  | "updateAccessTokenDescription"
  | "updateAccessTokenPolicy"
  | "updateAccessTokenExpiry"
  | "deleteAccessToken"
  | "resetAccessToken";

export type EnvironmentAction = "updateApiKey" | "updateMobileKey" | "viewSdkKey";

export type RelayConfigurationAction =
  | "createRelayAutoConfiguration"
  | "deleteRelayAutoConfiguration"
  | "resetRelayAutoConfiguration"
  | "updateRelayAutoConfigurationName"
  | "updateRelayAutoConfigurationPolicy";

/** Service tokens are seen by all; a personal token by its member's tokens, and by those with the Admin role. */
export function maySee(caller: AccessToken, token: AccessToken): boolean {
  if (token.serviceToken || caller.role === "admin") return true;
  return !caller.serviceToken && caller.memberId === token.memberId;
}

/**
 * Whether the caller may do this with a token, itself included.
 *
 * @param token the token that the action is for; to create one, the one that would come about
 */
export function mayManage(caller: AccessToken, action: TokenAction, token: AccessToken): boolean {
  const { id, memberId, serviceToken } = token;
  return isAllowed(caller, action, serviceToken ? `service-token/${id}` : `member/${memberId}:token/${id}`);
}

const RANKS = ["reader", "writer", "admin"];

/**
 * The strict reading of what a caller may give to a token: no base role above its own, and no other statement or custom role
 * than its own. One without a base role ranks as a reader.
 */
export function mayGive(caller: AccessToken, { role, inlineRole, customRoleIds }: Settings): boolean {
  const rank = (of: string | undefined) => Math.max(0, RANKS.indexOf(of ?? ""));
  if (caller.role === "admin") return true;
  const own = (caller.inlineRole ?? []).map((statement) => JSON.stringify(statement));
  return (
    rank(role) <= rank(caller.role) &&
    (inlineRole ?? []).every((statement) => own.includes(JSON.stringify(statement))) &&
    (customRoleIds ?? []).every((id) => caller.customRoleIds?.includes(id) === true)
  );
}

/**
 * Whether the caller may do this with an environment. Everybody may view one, but its SDK key takes an action of its
 * own; that of the base roles only Admin has it is an assumption: LaunchDarkly's description does not say.
 */
export function mayManageEnvironment(caller: AccessToken, action: EnvironmentAction, environment: Environment) {
  return isAllowed(caller, action, `proj/${environment.projectKey}:env/${environment.key}`);
}

/** A name that only a pattern for every action fits. */
const ACTION_WITHOUT_A_NAME = "?";

/** Whether the caller may create, change and delete keys of this kind beside the environment's default ones. */
export function mayManageKeys(
  caller: AccessToken,
  kind: KeyKind,
  environment: Environment,
  { keyActions }: Pick<OpenQuestions, "keyActions">,
): boolean {
  const resource = `proj/${environment.projectKey}:env/${environment.key}`;
  const action = kind === "sdk" ? "updateApiKey" : "updateMobileKey";
  return isAllowed(caller, keyActions === "asResets" ? action : ACTION_WITHOUT_A_NAME, resource);
}

/** Whether the caller may do this with a Relay Proxy configuration. Everybody may view one. */
export function mayManageRelayConfiguration(
  caller: AccessToken,
  action: RelayConfigurationAction,
  { id }: RelayConfiguration,
) {
  return isAllowed(caller, action, `relay-proxy-config/${id}`);
}

/**
 * Managing anything takes the Admin role or a statement of the caller's own role that allows it; a statement that
 * denies it overrides all that allow it.
 * Source: https://launchdarkly.com/docs/home/account/role-policies
 *
 * @param resource as statements name it. Source: https://launchdarkly.com/docs/home/account/role-resources
 */
function isAllowed(caller: AccessToken, action: string, resource: string): boolean {
  if (caller.role === "admin") return true;
  const concerned = (caller.inlineRole ?? []).filter((statement) => concerns(statement, action, resource));
  return concerned.length > 0 && concerned.every(({ effect }) => effect === "allow");
}

/** A statement that names no actions, or no resources, concerns none. */
function concerns({ actions, notActions, resources, notResources }: Statement, action: string, resource: string) {
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
