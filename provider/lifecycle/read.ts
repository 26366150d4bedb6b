/** read: what `pulumi refresh` sees of the token. */
import type { ReadResult } from "@pulumi/pulumi/dynamic";

import type { Client } from "../client/client";
import { LaunchDarklyError } from "../client/launchDarklyError";
import type { Announcement } from "../messages/announcement";
import { drift } from "../messages/drift";
import { refreshedState } from "../decisions/nextState";
import { isForeign } from "../decisions/rotationReason";
import type { State } from "../model/state";
import type { Properties } from "../model/properties";
import { advise, CHECK_CONFIGURATION } from "../run/keyAdvice";
import type { Session } from "../run/session";
import { readState } from "./state";
import { tokenName } from "../messages/tokenName";
import { UserError } from "../messages/userError";

/**
 * Takes LaunchDarkly's word for everything but the key, which it does not show. Other last four characters than the
 * key's make the next run rotate.
 *
 * @param olds the outputs of the last run
 * @throws {UserError} if LaunchDarkly does not say what became of the token
 */
export async function read(id: string, olds: Properties, session: Session): Promise<ReadResult> {
  const state = readState(olds);
  try {
    const found = await session.client.getAccessToken(state.tokenId).catch(advise(CHECK_CONFIGURATION));
    const seen = await withKeyProven(session, state, refreshedState(state, found));
    await show(session, seen, drift(state, seen));
    return { id, props: seen };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (error.code !== "notFound") throw new UserError(error.message);
    await refuseIfAlive(session, state);
    const message = "was deleted at LaunchDarkly, and is gone from the stack with its key.";
    await show(session, state, [{ severity: "warning", message }]);
    // Without an id the resource is gone from the stack.
    return {};
  }
}

async function show({ surroundings }: Session, { tokenId, name }: State, found: Announcement[]): Promise<void> {
  for (const { severity, message } of found) {
    await surroundings.log(severity, `Access token ${tokenName(tokenId, name)} ${message}`);
  }
}

/**
 * One key in 65,536 ends like the one before it. So where LaunchDarkly has modified the token since, and the last four
 * characters say nothing, the key itself is asked whether it was reset.
 */
async function withKeyProven({ client }: Session, before: State, seen: State): Promise<State> {
  const isDoubtful =
    seen.lastModified !== before.lastModified &&
    seen.lostReset === null &&
    !seen.verificationPending &&
    !isForeign(seen);
  if (!isDoubtful || seen.token === null) return seen;
  return (await isRefused(client, seen.token)) ? { ...seen, keyRefused: true } : seen;
}

/** Whether LaunchDarkly says for sure that it does not accept a key. */
function isRefused(client: Client, key: string): Promise<boolean> {
  return client.getCallerIdentity(key).then(
    () => false,
    (error: unknown) => error instanceof LaunchDarklyError && error.code === "unauthorized",
  );
}

/**
 * A token that the admin key can't see looks deleted. Its key would be lost with the resource, so the key itself is
 * asked first.
 */
async function refuseIfAlive({ client }: Session, { token, tokenId, name }: State): Promise<void> {
  if (token === null) return;
  if (await isRefused(client, token)) return;
  throw new UserError(
    `LaunchDarkly does not show access token ${tokenName(tokenId, name)} to the key of launchdarkly:accessToken, but the token's own key is not refused: the token still exists, or may. The stack keeps it. Check launchdarkly:apiHost, and that the key is of the same account and may see the token.`,
  );
}
