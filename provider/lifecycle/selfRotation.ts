/** Guards the very token that the run authenticates with: its reset could lock the stack out. */
import { resetExpiry } from "../rotation/resetExpiry";
import type { Inputs } from "../schemas/inputs";
import type { State } from "../schemas/state";
import { ACCESS_TOKEN } from "./configuration";
import type { Session } from "./session";
import { tokenName } from "./tokenName";
import { unchanged } from "./unchanged";
import { UserError } from "./userError";

/**
 * @returns whether the token is the one that the run authenticates with, and its reset is allowed
 * @throws {UserError} if it is, and its reset is not allowed, or would end the configured key at once
 */
export async function permitSelfRotation(
  session: Session,
  { tokenId, name, tokenLastFour }: State,
  { allowSelfRotation, oldKeyExpiry }: Inputs,
): Promise<boolean> {
  const admin = await unchanged(tokenName(tokenId, name), () => session.admin());
  // LaunchDarkly need not say whose key it is; then its ending has to do.
  const isOwn = admin.tokenId === undefined ? session.isAdminKeyEnding(tokenLastFour) : admin.tokenId === tokenId;
  if (!isOwn) return false;
  const verdict = `Access token ${tokenName(tokenId, name)} was not reset: it is the one that ${ACCESS_TOKEN} authenticates with,`;
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
  return true;
}

/** Lets the rest of the run use the new key, and says what to do about the configuration. */
export async function goOnWithNewKey(
  session: Session,
  { tokenId, name, token, oldKeyExpiresAt }: State,
): Promise<void> {
  if (token !== null) session.authenticateWith(token);
  await session.surroundings.log(
    "warning",
    `Access token ${tokenName(tokenId, name)} is the one that this stack authenticates with. The rest of this run uses the new key (ending in ${String(token?.slice(-4))}); the configured one dies at ${String(oldKeyExpiresAt)}. Before that, put the new one into ${ACCESS_TOKEN}, for example: pulumi stack output token --show-secrets | pulumi config set --secret launchdarkly:accessToken`,
  );
}
