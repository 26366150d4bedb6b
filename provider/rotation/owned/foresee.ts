/** Asks LaunchDarkly, in a preview, whether a token can be created, replaced or taken over. Read-only. */
import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { ONCE } from "../../client/limits";
import { lookAtToken } from "../../client/tokens";
import { orphansOf } from "../../decisions/owned/orphans";
import { describeUnaskedUse } from "../../messages/foresight";
import { announceOrphans } from "../../messages/owned/announcement";
import type { TokenRecord } from "../../model/accessToken";
import { urnIn } from "../../model/mark";
import type { OwnedInputs } from "../../model/ownedInputs";
import type { OwnedState } from "../../model/ownedToken";
import { containsUnknown } from "../../model/unknownValue";
import type { Session } from "../../run/session";
import type { Foreseen } from "../foresee";
import { isAnswered, unlessUncertain, warnOfRole, warnUnforeseen } from "../previewQuestions";
import { ownersOf } from "./collectOrphans";
import { permitOwnRotation } from "./selfRotation";
import { tokenToTakeOver } from "./takeOver";

/**
 * @param unknown the names of the inputs that are not known yet
 * @returns what the token is now that a new resource takes over; undefined if it can't be told
 * @throws {UserError} if the `up` would fail
 */
export async function foreseeTakeOver(
  session: Session,
  inputs: OwnedInputs,
  initial: NonNullable<OwnedInputs["initial"]>,
  unknown: ReadonlySet<string>,
): Promise<TokenRecord | undefined> {
  if (containsUnknown(initial)) return undefined;
  let record: TokenRecord | undefined;
  await isAnswered(session, "Can't take over", ["unauthorized", "notFound", "forbidden"], async () => {
    const given = unknown.has("serviceToken") ? { ...inputs, serviceToken: undefined } : inputs;
    ({ record } = await tokenToTakeOver(session, given, initial, ONCE));
  });
  return record;
}

/**
 * When a token that will end was last used: epoch milliseconds, 0 for never, null if that can't be told.
 *
 * @param known what the state knows, as of the last refresh
 */
export async function foreseeLastUse(session: Session, tokenId: string, known: number | null): Promise<number | null> {
  try {
    const record = await lookAtToken(session.client, tokenId, ONCE);
    // Where LaunchDarkly says nothing, what was known as no use is nothing known.
    return record?.lastUsed ?? (known === 0 ? null : known);
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    // One that is gone has no user.
    if (error.code !== "notFound") await warnUnforeseen(session, error, describeUnaskedUse);
    return null;
  }
}

/** @throws {UserError} if the `up` would fail */
export async function foreseeToken(
  session: Session,
  inputs: OwnedInputs,
  foreseen: Foreseen<OwnedState>,
): Promise<void> {
  await unlessUncertain(session, foreseen.isCertain, () => ask(session, inputs, foreseen));
}

async function ask(session: Session, inputs: OwnedInputs, { state, unknown }: Foreseen<OwnedState>): Promise<void> {
  const verdict = state === undefined ? "Can't create" : "Can't rotate";
  if (!(await isAnswered(session, verdict, ["unauthorized"], () => session.admin(ONCE)))) return;
  if (state !== undefined) {
    const isKnown = !unknown.has("allowSelfRotation");
    await unlessUncertain(session, isKnown, () => permitOwnRotation(session, state, inputs));
  }
  await warnOfRole(session, verdict);
}

/** Names, in a preview, the tokens with the resource's mark that its state does not have, and what becomes of them. */
export async function foreseeOrphans(session: Session, inputs: OwnedInputs, state: OwnedState): Promise<void> {
  await isAnswered(session, "Can't rotate", [], async () => {
    const tokens = await listAccessTokens(session.client, ONCE);
    const said = announceOrphans(orphansOf(state, ownersOf(state, inputs), tokens), inputs.oldKeyExpiry);
    for (const { severity, message } of said) await session.surroundings.log(severity, message, urnIn(inputs.owner));
  });
}
