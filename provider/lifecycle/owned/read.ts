/** read: what `pulumi refresh` sees of an owned token, and of those before it. Changes nothing at LaunchDarkly. */
import type { ReadResult } from "@pulumi/pulumi/dynamic";

import { listAccessTokens } from "../../client/accessTokenList";
import { LaunchDarklyError } from "../../client/launchDarklyError";
import { lookAtToken } from "../../client/tokens";
import { seenTokens } from "../../decisions/owned/nextToken";
import { leftByCreation, namesakes, newerToken, orphansOf } from "../../decisions/owned/orphans";
import type { Announcement } from "../../messages/announcement";
import { describeNotRefreshed, describeOwnKeyUsed } from "../../messages/drift";
import { orphanTokens, ownedDrift } from "../../messages/owned/drift";
import { describeHidden, describeLostToken } from "../../messages/owned/outcome";
import { UserError } from "../../messages/userError";
import type { TokenRecord } from "../../model/accessToken";
import type { Properties } from "../../model/properties";
import { ownedOutputs } from "../../model/ownedOutputs";
import type { OwnedState } from "../../model/ownedToken";
import { assertAccount, assertHome } from "../../rotation/home";
import { earlierNow } from "../../rotation/clocks";
import { ownersOf } from "../../rotation/owned/collectOrphans";
import { advised, CHECK_SETTINGS_OF_LAST_UP } from "../../run/keyAdvice";
import { onRow } from "../../run/rows";
import type { Session } from "../../run/session";
import { isRefused } from "../isRefused";
import { ifAllowed, ownReader } from "../ownKey";
import { ownedRow } from "./rows";
import { readOwnedState } from "./state";

/**
 * @param olds the outputs of the last run
 * @throws {UserError} if LaunchDarkly does not say what became of the token
 */
export async function read(session: Session, id: string, olds: Properties): Promise<ReadResult> {
  const state = readOwnedState(olds);
  const { surroundings, progress } = session;
  const log = onRow(surroundings.log, ownedRow(progress, state));
  assertHome(state, session);
  try {
    const { seen, said } = await listAccessTokens(session.client).then(
      async (tokens) => {
        const current = await currentOf(session, state, tokens);
        if (current === undefined) await assertAccount(state, session);
        return look(session, state, tokens, current);
      },
      (error: unknown) => lookWithOwnKey(session, state, error),
    );
    for (const { severity, message } of said) await log(severity, message);
    return { id, props: ownedOutputs(seen) };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    throw new UserError(describeNotRefreshed(advised(error, CHECK_SETTINGS_OF_LAST_UP)));
  }
}

interface Looked {
  readonly seen: OwnedState;
  readonly said: readonly Announcement[];
}

/**
 * The admin key is dead. What the token's own key may not see stays as it was.
 *
 * @param refusal what came back of the request for the list
 */
async function lookWithOwnKey(session: Session, state: OwnedState, refusal: unknown): Promise<Looked> {
  const { token, tokenId } = state;
  const own = await ownReader(session.client, refusal, token, tokenId);
  if (own === undefined || tokenId === null || !(refusal instanceof LaunchDarklyError)) throw refusal;
  const tokens = (await ifAllowed(listAccessTokens(own))) ?? [];
  const current = tokens.find(({ _id: id }) => id === tokenId) ?? (await ifAllowed(lookAtToken(own, tokenId)));
  const warning = describeOwnKeyUsed(current !== undefined, advised(refusal, CHECK_SETTINGS_OF_LAST_UP));
  if (current === undefined) return { seen: seenTokens(state, tokens), said: [warning] };
  const { seen, said } = await look(session, state, tokens, current);
  return { seen, said: [warning, ...said] };
}

async function look(
  session: Session,
  state: OwnedState,
  tokens: readonly TokenRecord[],
  current: TokenRecord | undefined,
): Promise<Looked> {
  const known = current === undefined ? tokens : [...tokens, current];
  const seen = seenTokens(state, known);
  const owners = ownersOf(state);
  const orphans = orphansOf(state, owners, tokens);
  const newer = newerToken(state, orphans.held, earlierNow(session));
  const [owner] = owners;
  const elsewhere = owner === undefined ? [] : leftByCreation(namesakes(owner, new Set([state.nonce]), tokens));
  const said = orphanTokens(orphans, newer, elsewhere);
  const found: OwnedState = {
    ...seen,
    openMark: state.openMark || orphans.lost.length + orphans.held.length > 0,
    newerToken: newer === undefined ? state.newerToken : { id: newer._id, lastFour: newer.token },
  };
  if (current !== undefined) {
    return { seen: found, said: [...ownedDrift(state, seen, current, session.client.now()), ...said] };
  }
  if (state.tokenId === null) return { seen: found, said };
  await refuseIfAlive(session, state, CHECK_SETTINGS_OF_LAST_UP);
  const lost: Announcement = { severity: "warning", message: describeLostToken() };
  return { seen: { ...found, isGone: true }, said: [lost, ...said] };
}

/** A list may leave a token out that the key may see; so the token is asked for before it counts as deleted. */
async function currentOf(
  { client }: Session,
  { tokenId }: OwnedState,
  tokens: readonly TokenRecord[],
): Promise<TokenRecord | undefined> {
  if (tokenId === null) return undefined;
  const shown = tokens.find(({ _id: id }) => id === tokenId);
  if (shown !== undefined) return shown;
  return lookAtToken(client, tokenId).catch((error: unknown) => {
    if (error instanceof LaunchDarklyError && error.code === "notFound") return undefined;
    throw error;
  });
}

/** What the admin key can't see looks deleted. So the token's own key is asked first. */
export async function refuseIfAlive(session: Session, state: OwnedState, advice: string): Promise<void> {
  if (state.token === null || (await isRefused(session.client, state.token))) return;
  throw new UserError(`${describeHidden()} ${advice}`);
}
