/** read: what `pulumi refresh` sees of the credential. */
import type { ReadResult } from "@pulumi/pulumi/dynamic";

import { lookOperation, processLook } from "../client/credentialRequests";
import { LaunchDarklyError } from "../client/launchDarklyError";
import { standing } from "../decisions/standing";
import type { Announcement } from "../messages/announcement";
import { describeNotRefreshed, describeOwnKeyUsed, drift } from "../messages/drift";
import { describeMissing, isOnlyCopy, keptThoughMissing } from "../messages/droppedKey";
import { UserError } from "../messages/userError";
import type { Found } from "../model/found";
import type { Properties } from "../model/properties";
import type { State } from "../model/state";
import { stateOutputs } from "../model/stateOutputs";
import type { Call } from "../rotation/call";
import { assertAccount, assertHome } from "../rotation/home";
import { stateAfterLook } from "../rotation/look";
import { advised, CHECK_SETTINGS_OF_LAST_UP } from "../run/keyAdvice";
import { onRow } from "../run/rows";
import { isRefused } from "./isRefused";
import { ifAllowed, ownReader } from "./ownKey";
import { rowOf } from "./rows";
import { readState } from "./state";

/**
 * Takes everything from LaunchDarkly except a key that it does not show. Another ending than that key's makes the
 * next run rotate.
 *
 * @param olds the outputs of the last run
 * @throws {UserError} if LaunchDarkly does not say what became of the credential
 */
export async function read(call: Call, id: string, olds: Properties): Promise<ReadResult> {
  const { credential, session } = call;
  const state = readState(credential, olds);
  assertHome(state, session);
  try {
    const { found, said } = await look(call, state);
    const seen = found === undefined ? state : await withKeyProven(call, state, stateAfterLook(call, state, found));
    await show(call, seen, [...said, ...drift(credential, state, seen)]);
    return { id, props: stateOutputs(credential, seen) };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (error.code !== "notFound") throw new UserError(describeNotRefreshed(advised(error, CHECK_SETTINGS_OF_LAST_UP)));
    if (isOnlyCopy(credential, state) && credential.accessTokenId === undefined) {
      // Nothing tells whether the key still works, and nobody would show it again.
      await show(call, state, [keptThoughMissing(credential)]);
      return { id, props: stateOutputs(credential, state) };
    }
    await refuseIfAlive(call, state);
    await show(call, state, [describeMissing()]);
    // Without an id the resource is gone from the stack.
    return {};
  }
}

interface Looked {
  /** Undefined if the key that was asked with may not see it. */
  readonly found: Found | undefined;
  readonly said: readonly Announcement[];
}

/** With the admin key; or, if that is dead, with the credential's own one, where that can prove itself. */
async function look(call: Call, state: State): Promise<Looked> {
  const { credential, session } = call;
  const { identity, key } = state;
  try {
    return { found: await lookWithAdminKey(call, state), said: [] };
  } catch (error) {
    const own = await ownReader(session.client, error, key, credential.accessTokenId?.(identity));
    if (own === undefined || key === null || !(error instanceof LaunchDarklyError)) throw error;
    const operation = lookOperation(credential, identity);
    const { reply } = await own.read(operation);
    const found = await ifAllowed(Promise.resolve().then(() => processLook(credential, operation, reply, key)));
    return { found, said: [describeOwnKeyUsed(found !== undefined, advised(error, CHECK_SETTINGS_OF_LAST_UP))] };
  }
}

/**
 * What LaunchDarkly shows. Another key than the stack's, or none, may be due to another account: nothing else tells the
 * environments of two accounts apart.
 */
async function lookWithAdminKey({ credential, session }: Call, state: State): Promise<Found> {
  try {
    const found = await session.client.look(credential, state.identity);
    if (credential.isReadable && found.key !== state.key) await assertAccount(state, session);
    return found;
  } catch (error) {
    if (error instanceof LaunchDarklyError && error.code === "notFound") await assertAccount(state, session);
    throw error;
  }
}

async function show({ credential, session }: Call, state: State, found: readonly Announcement[]): Promise<void> {
  const log = onRow(session.surroundings.log, rowOf(credential, session.progress, state));
  for (const { severity, message } of found) await log(severity, message);
}

/**
 * One key in 65,536 ends like the one before it. So where LaunchDarkly has modified the token since, and the last four
 * characters say nothing, the key itself is asked whether it was reset.
 */
async function withKeyProven({ credential, session }: Call, before: State, seen: State): Promise<State> {
  const isDoubtful =
    credential.accessTokenId !== undefined &&
    seen.lastModified !== before.lastModified &&
    ["held", "perhaps late"].includes(standing(seen).kind);
  if (!isDoubtful || seen.key === null) return seen;
  return (await isRefused(session.client, seen.key)) ? { ...seen, keyRefused: true } : seen;
}

/**
 * What the admin key can't see looks deleted. Its key would be lost with the resource, so a key that can be used is
 * asked first.
 */
async function refuseIfAlive({ credential, session }: Call, state: State): Promise<void> {
  if (state.key === null || credential.accessTokenId === undefined) return;
  if (await isRefused(session.client, state.key)) return;
  throw new UserError(
    `Not shown by LaunchDarkly: the key of launchdarkly:accessToken does not see the token, but the token's own key is not refused, so the token still exists, or may. The stack keeps it. Check launchdarkly:apiHost, and that the key is of the same account and may see the token. ${CHECK_SETTINGS_OF_LAST_UP}`,
  );
}
