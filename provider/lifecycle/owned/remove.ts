/**
 * delete: deletes all that the stack owns, the previous tokens included. If the resource is replaced, its tokens keep
 * working for their grace, and are handed on to the one that takes its place.
 */
import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { deleteToken, isAbsent } from "../../client/tokens";
import { namesakes, orphansOf } from "../../decisions/owned/orphans";
import { ownedName } from "../../messages/owned/naming";
import {
  describeDestroyed,
  describeForeign,
  describeLeftBehind,
  describeNotDestroyed,
  describeTakenAway,
} from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import { type Mark, ownerOf } from "../../model/mark";
import type { OwnedState } from "../../model/ownedToken";
import type { Properties } from "../../model/properties";
import { earlierNow } from "../../rotation/clocks";
import { assertAccount, assertHome } from "../../rotation/home";
import { ownersOf } from "../../rotation/owned/collectOrphans";
import { handOn, type HandedOn } from "../../rotation/owned/handOn";
import { ownership } from "../../rotation/owned/ownToken";
import { isConfigured } from "../../rotation/owned/selfRotation";
import { advised, CHECK_CONFIGURATION, CHECK_SETTINGS_OF_DESTROY, isRefusal } from "../../run/keyAdvice";
import { sessionOnRow } from "../../run/rows";
import type { Run } from "../../run/run";
import type { Session } from "../../run/session";
import { refuseIfAlive } from "./read";
import { type Heir, heirOf, tokensInUse } from "./replacement";
import { ownedRow } from "./rows";
import { readOwnedState } from "./state";

/**
 * @param olds the outputs of the last run
 * @throws {UserError} if a token may be left
 */
export async function remove(run: Run, wholeSession: Session, olds: Properties): Promise<void> {
  const state = readOwnedState(olds);
  const { progress } = run;
  // The messages have the ids of the tokens, too.
  const row = { ...ownedRow(progress, state), name: ownedName({ ...state, tokenId: null }) };
  const session = sessionOnRow(wholeSession, row);
  // Elsewhere nothing is found, and the tokens would be forgotten.
  assertHome(state, session);
  const isOfProgram = run.stage !== undefined;
  const advice = isOfProgram ? CHECK_CONFIGURATION : CHECK_SETTINGS_OF_DESTROY;
  try {
    // A run that was killed may have left a token that no state knows.
    const tokens = await listAccessTokens(session.client);
    const owned = await ownedTokens(session, state, tokens, advice);
    const heir = heirOf(progress, state, ownersOf(state)[0], row.urn);
    if (heir === undefined) await deleteAll(session, state, tokens, owned);
    else await replaced(session, state, owned, heir);
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    // The same settings would be refused again.
    const why = isOfProgram && error.code !== "unauthorized" ? error.message : advised(error, advice);
    throw new UserError(describeNotDestroyed(why, isOfProgram || !isRefusal(error)));
  }
}

interface OwnedTokens {
  /** Nobody can have their keys. */
  readonly lost: readonly TokenRecord[];
  /** Those with the mark of the resource that the state does not know. */
  readonly held: readonly TokenRecord[];
  /** Those that the current one has replaced, and the current one last. */
  readonly known: readonly TokenRecord[];
}

/** What bears the resource's mark. All else is named, and left alone. */
async function ownedTokens(
  session: Session,
  state: OwnedState,
  tokens: readonly TokenRecord[],
  advice: string,
): Promise<OwnedTokens> {
  const { client, progress, surroundings } = session;
  const { tokenId } = state;
  const isThere = tokens.some(({ _id: id }) => id === tokenId);
  // A key of another account finds nothing, and would leave all of them behind.
  if (!isThere) await assertAccount(state, session);
  if (tokenId !== null && !isThere && (await isAbsent(client, tokenId))) await refuseIfAlive(session, state, advice);
  const { lost, held, foreign } = orphansOf(state, ownersOf(state), tokens);
  if (foreign.length > 0) await surroundings.log("warning", describeForeign(foreign));
  const inUse = tokensInUse(progress, state);
  const known: TokenRecord[] = [];
  const taken: TokenRecord[] = [];
  for (const id of [...state.previous.map((token) => token.id), ...(tokenId === null ? [] : [tokenId])]) {
    const owned = await ownership(session, state, id, tokens);
    if (owned.kind === "gone") continue;
    // Its mark may not be changed yet.
    (owned.kind === "own" && !inUse.has(id) ? known : taken).push(owned.record);
  }
  if (taken.length > 0) await surroundings.log("warning", describeTakenAway(taken));
  return { lost, held, known };
}

/** The resource goes. */
async function deleteAll(
  session: Session,
  state: OwnedState,
  tokens: readonly TokenRecord[],
  { lost, held, known }: OwnedTokens,
): Promise<void> {
  const { client, surroundings } = session;
  const [owner] = ownersOf(state);
  const left = owner === undefined ? [] : namesakes(owner, new Set([state.nonce]), tokens);
  if (left.length > 0) await surroundings.log("warning", describeLeftBehind(left));
  const doomed = [...lost, ...held, ...known].map(({ _id: id, token: lastFour }) => ({ id, lastFour }));
  for (const { id } of await withOwnLast(session, doomed)) await deleteToken(client, id);
  await surroundings.log("info", describeDestroyed(doomed));
}

/** Another one takes its place. */
async function replaced(
  session: Session,
  state: OwnedState,
  { lost, held, known }: OwnedTokens,
  { owner, known: heir }: Heir,
): Promise<void> {
  for (const { _id: id } of lost) await deleteToken(session.client, id);
  const isMade = heir.nonce !== undefined && heir.nonce !== state.nonce;
  const mark: Mark | undefined = isMade ? { owner: ownerOf(owner), nonce: String(heir.nonce), number: 0 } : undefined;
  if (!isMade) heir.replaced.add(state.nonce);
  const replacedTokens = [...held, ...known].map((record): HandedOn => {
    // The end of a previous token stands, and one that has come; the grace of the current one begins now.
    const isPrevious = state.previous.some(({ id, end }) => id === record._id && end !== null);
    const hasEnded = record.expiry !== null && record.expiry <= earlierNow(session);
    return { record, end: isPrevious || hasEnded ? (record.expiry ?? undefined) : undefined };
  });
  for (const token of replacedTokens) await handOn(session, token, mark, heir.oldKeyExpiry);
}

/** The token that the run authenticates with goes last: nothing can be deleted after it. */
async function withOwnLast<Token extends { readonly id: string }>(session: Session, tokens: readonly Token[]) {
  const own = await Promise.all(tokens.map(({ id }) => isConfigured(session, id)));
  return [...tokens.filter((_, index) => !own[index]), ...tokens.filter((_, index) => own[index])];
}
