/** Refuses to reset the very token that the run authenticates with. */
import type { State } from "../schemas/state";
import type { Session } from "./session";
import { tokenName } from "./tokenName";
import { unchanged } from "./unchanged";
import { UserError } from "./userError";

/** @throws {UserError} because such a reset would lock the rest of the run out */
export async function refuseSelfRotation(session: Session, { tokenId, name, tokenLastFour }: State): Promise<void> {
  const admin = await unchanged(tokenName(tokenId, name), () => session.admin());
  // LaunchDarkly need not say whose key it is; then its ending has to do.
  const isOwn = admin.tokenId === undefined ? session.isAdminKeyEnding(tokenLastFour) : admin.tokenId === tokenId;
  if (!isOwn) return;
  throw new UserError(
    `Access token ${tokenName(tokenId, name)} is the one that launchdarkly:accessToken authenticates with: a reset would lock this stack out. Configure the key of another token.`,
  );
}
