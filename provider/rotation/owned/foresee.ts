/** Asks LaunchDarkly, in a preview, whether a token can be created, replaced or taken over. Read-only. */
import { listAccessTokens } from "../../client/accessTokenList";
import { orphansOf } from "../../decisions/owned/orphans";
import { announceOrphans } from "../../messages/owned/announcement";
import type { TokenRecord } from "../../model/accessToken";
import { urnIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { containsUnknown } from "../../model/unknownValue";
import type { Session } from "../../run/session";
import { isAnswered, tryOnce, warnOfRole } from "../previewQuestions";
import { ownersOf } from "./collectOrphans";
import { permitOwnRotation } from "./selfRotation";
import { tokenToTakeOver } from "./takeOver";

/**
 * @returns what the token is now that a new resource takes over; undefined if it can't be told
 * @throws {UserError} if the `up` would fail
 */
export async function foreseeTakeOver(
  session: Session,
  inputs: OwnedInputs,
  initial: NonNullable<OwnedInputs["initial"]>,
): Promise<TokenRecord | undefined> {
  if (containsUnknown(initial)) return undefined;
  let record: TokenRecord | undefined;
  await isAnswered(session, "Can't take over", ["unauthorized", "notFound", "forbidden"], async () => {
    ({ record } = await tokenToTakeOver(session, inputs, initial, tryOnce(session)));
  });
  return record;
}

/**
 * @param state what the last run left; undefined for a new resource
 * @throws {UserError} if the `up` would fail
 */
export async function foreseeToken(session: Session, inputs: OwnedInputs, state?: OwnedState): Promise<void> {
  const since = tryOnce(session);
  const verdict = state === undefined ? "Can't create" : "Can't rotate";
  if (!(await isAnswered(session, verdict, ["unauthorized"], () => session.admin(since)))) return;
  if (state !== undefined) await permitOwnRotation(session, state, inputs);
  await warnOfRole(session);
}

/** Names, in a preview, the tokens with the resource's mark that its state does not have, and what becomes of them. */
export async function foreseeOrphans(session: Session, inputs: OwnedInputs, state: OwnedState): Promise<void> {
  await isAnswered(session, "Can't rotate", [], async () => {
    const tokens = await listAccessTokens(session.client, tryOnce(session));
    const said = announceOrphans(orphansOf(state, ownersOf(state, inputs), tokens), inputs.oldKeyExpiry);
    for (const { severity, message } of said) await session.surroundings.log(severity, message, urnIn(inputs.owner));
  });
}
