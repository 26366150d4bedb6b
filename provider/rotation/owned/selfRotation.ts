/** Guards the very token that the run authenticates with: a rotation gives it an end, and could lock the stack out. */
import { describeOwnImmediateEnd, describeOwnLockOut } from "../../messages/owned/selfRotation";
import { UserError } from "../../messages/userError";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import type { Session } from "../../run/session";
import { assertHome } from "../home";
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
  assertHome(state, session);
  const isOwn =
    admin.tokenId === undefined ? session.isAdminKeyEnding(state.tokenLastFour) : admin.tokenId === state.tokenId;
  if (!isOwn || state.tokenId === null) return false;
  if (!allowSelfRotation) throw new UserError(describeOwnLockOut());
  if (oldKeyExpiry.kind === "immediate") throw new UserError(describeOwnImmediateEnd());
  return true;
}

/** Whether a token is the one that the run authenticated with when it began. */
export async function isConfigured(session: Session, tokenId: string): Promise<boolean> {
  return (await session.admin()).tokenId === tokenId;
}
