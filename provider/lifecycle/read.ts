/** read: what `pulumi refresh` sees of the token. */
import type { ReadResult } from "@pulumi/pulumi/dynamic";

import { LaunchDarklyError } from "../client/launchDarklyError";
import { refreshedState } from "../rotation/nextState";
import type { State } from "../schemas/state";
import type { Properties } from "./inputs";
import type { Session } from "./session";
import { readState } from "./state";
import { tokenName } from "./tokenName";
import { UserError } from "./userError";

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
    const found = await session.client.getAccessToken(state.tokenId);
    return { id, props: refreshedState(state, found) };
  } catch (error) {
    if (!(error instanceof LaunchDarklyError)) throw error;
    if (error.code !== "notFound") throw new UserError(error.message);
    await refuseIfAlive(session, state);
    // Without an id the resource is gone from the stack.
    return {};
  }
}

/**
 * A token that the admin key can't see looks deleted. Its key would be lost with the resource, so the key itself is
 * asked first.
 */
async function refuseIfAlive({ client }: Session, { token, tokenId, name }: State): Promise<void> {
  if (token === null) return;
  const isDead = await client.getCallerIdentity(token).then(
    () => false,
    (error: unknown) => error instanceof LaunchDarklyError && error.code === "unauthorized",
  );
  if (isDead) return;
  throw new UserError(
    `LaunchDarkly does not show access token ${tokenName(tokenId, name)} to the key of launchdarkly:accessToken, but the token's own key is not refused: the token still exists, or may. The stack keeps it. Check launchdarkly:apiHost, and that the key is of the same account and may see the token.`,
  );
}
