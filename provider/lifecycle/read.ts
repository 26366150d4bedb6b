/** read: what `pulumi refresh` sees of the token. */
import type { ReadResult } from "@pulumi/pulumi/dynamic";

import { LaunchDarklyError } from "../client/launchDarklyError";
import { resolveLostReset } from "../rotation/lostReset";
import { metadata } from "../rotation/nextState";
import { readState } from "./state";
import type { Properties } from "./inputs";
import type { Session } from "./session";
import { UserError } from "./userError";

/**
 * Takes LaunchDarkly's word for everything but the key, which it does not show. Other last four characters than the
 * key's make the next run rotate.
 *
 * @param olds the outputs of the last run
 */
export async function read(id: string, olds: Properties, { client }: Session): Promise<ReadResult> {
  const state = readState(olds);
  try {
    const found = await client.getAccessToken(state.tokenId);
    return { id, props: { ...resolveLostReset(state, found), ...metadata(found) } };
  } catch (error) {
    // Without an id the resource is gone from the stack.
    if (error instanceof LaunchDarklyError && error.code === "notFound") return {};
    throw error instanceof LaunchDarklyError ? new UserError(error.message) : error;
  }
}
