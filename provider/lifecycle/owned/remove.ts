/** delete: deletes all that the stack owns, the previous tokens included. */
import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { deleteToken, isAbsent } from "../../client/tokens";
import { straysOf } from "../../decisions/owned/strays";
import { ownedName } from "../../messages/owned/naming";
import { describeDestroyed, describeNotDestroyed } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { Properties } from "../../model/properties";
import { isConfigured } from "../../rotation/owned/selfRotation";
import { advised, CHECK_CONFIGURATION, CHECK_SETTINGS_OF_DESTROY, isRefusal } from "../../run/keyAdvice";
import { onRow } from "../../run/rows";
import type { Run } from "../../run/run";
import type { Session } from "../../run/session";
import { refuseIfAlive } from "./read";
import { ownedRow } from "./rows";
import { readOwnedState } from "./state";

/**
 * @param olds the outputs of the last run
 * @throws {UserError} if a token may be left
 */
export async function remove(run: Run, session: Session, olds: Properties): Promise<void> {
  const state = readOwnedState(olds);
  const { client, surroundings, progress } = session;
  const isOfProgram = run.stage !== undefined;
  const advice = isOfProgram ? CHECK_CONFIGURATION : CHECK_SETTINGS_OF_DESTROY;
  try {
    // A run that was killed may have left a token that no state knows.
    const tokens = await listAccessTokens(client);
    const { tokenId } = state;
    const isThere = tokens.some(({ _id: id }) => id === tokenId);
    // A key of another account finds nothing, and would leave all of them behind.
    if (tokenId !== null && !isThere && (await isAbsent(client, tokenId))) await refuseIfAlive(session, state, advice);
    const current = tokenId === null ? [] : [{ id: tokenId, lastFour: state.tokenLastFour }];
    const strays = straysOf(state, tokens).forgotten.map(({ _id: id, token: lastFour }) => ({ id, lastFour }));
    const doomed = [...strays, ...state.previous, ...current];
    for (const { id } of await withOwnLast(session, doomed)) await deleteToken(client, id);
    // The message has the id of the current token, too.
    const row = { ...ownedRow(progress, state), name: ownedName({ ...state, tokenId: null }) };
    await onRow(surroundings.log, row)("info", describeDestroyed(doomed));
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    // The same settings would be refused again.
    const why = isOfProgram && error.code !== "unauthorized" ? error.message : advised(error, advice);
    throw new UserError(describeNotDestroyed(why, isOfProgram || !isRefusal(error)));
  }
}

/** The token that the run authenticates with goes last: nothing can be deleted after it. */
async function withOwnLast<Token extends { readonly id: string }>(session: Session, tokens: readonly Token[]) {
  const own = await Promise.all(tokens.map(({ id }) => isConfigured(session, id)));
  return [...tokens.filter((_, index) => !own[index]), ...tokens.filter((_, index) => own[index])];
}
