/** Guards the very token that the run authenticates with: a rotation gives it an end, and could lock the stack out. */
import { UserError } from "../../messages/userError";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { ACCESS_TOKEN } from "../../run/configuration";
import type { Session } from "../../run/session";
import { unchanged } from "../unchanged";

/**
 * @returns whether the stack authenticates with the current token
 * @throws {UserError} if it does, and that is not allowed, or it would end before anybody can act
 */
export async function permitOwnRotation(
  session: Session,
  state: OwnedState,
  { allowSelfRotation, oldKeyExpiry }: OwnedInputs,
): Promise<boolean> {
  const admin = await unchanged(() => session.admin(), "Not replaced");
  const isOwn =
    admin.tokenId === undefined ? session.isAdminKeyEnding(state.tokenLastFour) : admin.tokenId === state.tokenId;
  if (!isOwn || state.tokenId === null) return false;
  const verdict = `Not replaced: this is the token that ${ACCESS_TOKEN} authenticates with,`;
  if (!allowSelfRotation) {
    throw new UserError(
      `${verdict} and its end would lock this stack out. Configure the key of another token; or set allowSelfRotation, and put the new key into the configuration after each rotation.`,
    );
  }
  if (oldKeyExpiry.kind === "immediate") {
    throw new UserError(
      `${verdict} and would end at the next pulumi up. Set oldKeyExpiry, for example to "24h": the configured key must live until the configuration holds the new one.`,
    );
  }
  return true;
}

/** Whether a token is the one that the run authenticated with when it began. */
export async function isConfigured(session: Session, tokenId: string): Promise<boolean> {
  return (await session.admin()).tokenId === tokenId;
}

/** Says what to do about the configuration after a rotation of the token that the run authenticates with. */
export function describeOwnRotation(state: OwnedState): string {
  return `Act now: this token takes the place of the one that the stack authenticates with. The configured key ends at ${String(state.oldKeyExpiresAt)}. Before that, put the new one (ending in ${String(state.tokenLastFour)}) into ${ACCESS_TOKEN}, for example: pulumi stack output token --show-secrets | pulumi config set --secret launchdarkly:accessToken`;
}
