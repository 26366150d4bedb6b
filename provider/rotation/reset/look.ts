/** Looks at a credential that is reset, and at what that makes of the state. */
import { lookOperation, processLook } from "../../client/credentialRequests";
import { LaunchDarklyError } from "../../client/errors";
import { keyStatus } from "../../decisions/keyStatus";
import { initialState, seenState } from "../../decisions/nextState";
import { describeMissing, drift, isOnlyCopy, keptThoughMissing } from "../../messages/drift";
import { type Found, isSameEnding } from "../../model/answers";
import type { ResetCredential } from "../../model/credential";
import type { Inputs } from "../../model/inputs";
import type { Details, State } from "../../model/state";
import type { Session } from "../../run/session";
import { ifAllowed, isRefused } from "../ownKey";
import type { Looked, OwnReading } from "../work";

/** What work on a credential that is reset needs besides its state. */
export interface Context {
  readonly credential: ResetCredential;
  readonly session: Session;
}

/** The state of a new resource, before anything was reset. */
export function firstState({ credential, session }: Context, { identity, triggers }: Inputs, found: Found): State {
  return { ...initialState(identity, triggers, found, nothingSaid(credential)), home: session.home() };
}

/** The state after a look. */
export function stateAfterLook({ credential, session }: Context, state: State, found: Found): State {
  return seenState(state, found, nothingSaid(credential), session.client.now());
}

function nothingSaid({ details }: ResetCredential): Details {
  return details.parse({});
}

/** What LaunchDarkly shows, if its current key is another one than the state's. */
export async function otherKey(
  { credential, session }: Context,
  { identity, key, lastFour }: State,
  startedAt: number,
): Promise<Found | undefined> {
  const found = await session.client.look(credential, identity, startedAt).catch(() => undefined);
  if (found === undefined) return undefined;
  const isSame = found.key === null ? isSameEnding(found.lastFour, lastFour) : found.key === key;
  return isSame ? undefined : found;
}

/** What a refresh sees. Another ending than that of the stack's key makes the next run rotate. */
export async function refreshed(context: Context, state: State, own?: OwnReading): Promise<Looked<State>> {
  const { credential } = context;
  try {
    const found = own === undefined ? await lookWithAdminKey(context, state) : await lookWith(own, context, state);
    if (found === undefined) return { kind: "unseen", state, said: [] };
    const seen = await withKeyVerified(context, state, stateAfterLook(context, state, found));
    return { kind: "seen", state: seen, said: drift(credential, state, seen) };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError) || error.code !== "notFound") throw error;
    // Nothing tells whether such a key still works, and nobody would show it again.
    const isKept = isOnlyCopy(credential, state) && credential.accessTokenId === undefined;
    if (isKept) return { kind: "missing", state, said: [keptThoughMissing(credential)] };
    return { kind: "missing", state: undefined, said: [describeMissing()] };
  }
}

async function lookWith(own: OwnReading, { credential }: Context, { identity }: State): Promise<Found | undefined> {
  const operation = lookOperation(credential, identity);
  const { reply } = await own.sendIdempotent(operation);
  return ifAllowed(Promise.resolve().then(() => processLook(credential, operation, reply, own.key)));
}

/**
 * What LaunchDarkly shows. Another key than the stack's, or none, may be due to another account: nothing else tells the
 * environments of two accounts apart.
 */
async function lookWithAdminKey({ credential, session }: Context, state: State): Promise<Found> {
  try {
    const found = await session.client.look(credential, state.identity);
    if (credential.isReadable && found.key !== state.key) await session.assertAccount();
    return found;
  } catch (error) {
    if (error instanceof LaunchDarklyError && error.code === "notFound") await session.assertAccount();
    throw error;
  }
}

/**
 * One key in 65,536 ends like the one before it. So where LaunchDarkly has modified the token since, and the last four
 * characters say nothing, the key itself is asked whether it was reset.
 */
async function withKeyVerified({ credential, session }: Context, before: State, seen: State): Promise<State> {
  const isDoubtful =
    credential.accessTokenId !== undefined &&
    seen.lastModified !== before.lastModified &&
    ["held", "perhaps late"].includes(keyStatus(seen).kind);
  if (!isDoubtful || seen.key === null) return seen;
  return (await isRefused(session.client, seen.key)) ? { ...seen, keyRefused: true } : seen;
}
