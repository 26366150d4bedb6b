/** Guards the very token that the run authenticates with: its reset could lock the stack out. */
import { resetExpiry } from "../decisions/resetExpiry";
import { isForeign } from "../decisions/rotationReason";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { ACCESS_TOKEN } from "../run/configuration";
import type { Session } from "../run/session";
import { tokenName } from "../messages/tokenName";
import { unchanged } from "./unchanged";
import { UserError } from "../messages/userError";

const FROM_OUTPUT = "pulumi stack output token --show-secrets | pulumi config set --secret launchdarkly:accessToken";

/** Whose the configured key is: another token's, or the token's own one, current or in the grace that a reset left it. */
export type ConfiguredKey = "another token's" | "current" | "in its grace";

/** @throws {UserError} if it can't be told */
export async function configuredKey(
  session: Session,
  { tokenId, name, tokenLastFour, lostReset }: State,
): Promise<ConfiguredKey> {
  const admin = await unchanged(tokenName(tokenId, name), () => session.admin());
  const isCurrent = tokenLastFour === null || session.isAdminKeyEnding(tokenLastFour);
  // LaunchDarkly need not say whose key it is; then its ending has to do.
  const isOwn = admin.tokenId === undefined ? isCurrent && tokenLastFour !== null : admin.tokenId === tokenId;
  if (!isOwn) return "another token's";
  return isCurrent && lostReset === null ? "current" : "in its grace";
}

/**
 * @throws {UserError} if the token is the one that the run authenticates with, and its reset is not allowed, would end
 * the configured key at once, or may
 */
export async function permitSelfRotation(
  session: Session,
  state: State,
  { allowSelfRotation, oldKeyExpiry }: Inputs,
): Promise<ConfiguredKey> {
  const key = await configuredKey(session, state);
  if (key === "another token's") return key;
  const verdict = `Access token ${tokenName(state.tokenId, state.name)} was not reset: it is the one that ${ACCESS_TOKEN} authenticates with,`;
  if (!allowSelfRotation) {
    throw new UserError(
      `${verdict} and a reset would lock this stack out. Configure the key of another token; or set allowSelfRotation, and put the new key into the configuration after each rotation.`,
    );
  }
  if (resetExpiry(oldKeyExpiry, session.client.now()) === undefined) {
    throw new UserError(
      `${verdict} and would die at once. Set oldKeyExpiry, for example to "24h": the configured key must live until the configuration holds the new one.`,
    );
  }
  const hasCurrentKey = state.token !== null && state.lostReset === null && !isForeign(state);
  if (key === "in its grace" && hasCurrentKey) {
    throw new UserError(
      `${verdict} and the configuration still holds the key before the current one, whose grace another reset may end. Put the current key into it first, for example: ${FROM_OUTPUT}`,
    );
  }
  return key;
}

/** Says what to do about the configuration after a reset of the token that the run authenticates with. */
export async function adviseConfiguration(
  { surroundings }: Session,
  { tokenId, name, token, oldKeyExpiresAt }: State,
  key: Exclude<ConfiguredKey, "another token's">,
): Promise<void> {
  const end =
    key === "current"
      ? `dies at ${String(oldKeyExpiresAt)}. Before that,`
      : "was in its grace already, and may die at any time. At once,";
  await surroundings.log(
    "warning",
    `Access token ${tokenName(tokenId, name)} is the one that this stack authenticates with. The configured key ${end} put the new one (ending in ${String(token?.slice(-4))}) into ${ACCESS_TOKEN}, for example: ${FROM_OUTPUT}`,
  );
}
