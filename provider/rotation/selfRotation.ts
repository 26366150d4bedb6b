/** Guards the very token that the run authenticates with: its reset could lock the stack out. */
import { resetExpiry } from "../decisions/resetExpiry";
import { standing } from "../decisions/standing";
import {
  adviseOnSelfRotation,
  describeDeathAtOnce,
  describeLockOut,
  describeOutdatedKey,
} from "../messages/selfRotation";
import { UserError } from "../messages/userError";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import type { Call } from "./call";
import { assertHome } from "./home";
import { unchanged } from "./unchanged";

/** Whose the configured key is: another token's, or the token's own one, current or in the grace that a reset left it. */
export type ConfiguredKey = "another token's" | "current" | "in its grace";

/** @throws {UserError} if it can't be told */
export async function configuredKey({ credential, session }: Call, state: State): Promise<ConfiguredKey> {
  const { keyEnding, lostReset } = state;
  // Asked for every credential: it also sets LaunchDarkly's clock, and says most plainly that the key is wrong.
  const admin = await unchanged(() => session.admin());
  assertHome(state, session);
  const tokenId = credential.accessTokenId?.(state.identity);
  if (tokenId === undefined) return "another token's";
  const isCurrent = keyEnding === null || session.isAdminKeyEnding(keyEnding);
  // LaunchDarkly need not say whose key it is; then its ending has to do.
  const isOwn = admin.tokenId === undefined ? isCurrent && keyEnding !== null : admin.tokenId === tokenId;
  if (!isOwn) return "another token's";
  return isCurrent && lostReset === null ? "current" : "in its grace";
}

/**
 * @throws {UserError} if the token is the one that the run authenticates with, and its reset is not allowed, would end
 * the configured key at once, or may
 */
export async function permitSelfRotation(
  call: Call,
  state: State,
  { allowSelfRotation, oldKeyExpiry }: Inputs,
): Promise<ConfiguredKey> {
  const { credential, session } = call;
  const key = await configuredKey(call, state);
  if (key === "another token's") return key;
  if (!allowSelfRotation) throw new UserError(describeLockOut());
  const isKnown = oldKeyExpiry?.kind !== "unknown";
  if (isKnown && resetExpiry(oldKeyExpiry, session.client.now()) === undefined)
    throw new UserError(describeDeathAtOnce());
  const hasCurrentKey = !["lost", "never held", "foreign"].includes(standing(state).kind);
  if (key === "in its grace" && hasCurrentKey) throw new UserError(describeOutdatedKey(credential));
  return key;
}

/** Says what to do about the configuration after a reset of the token that the run authenticates with. */
export async function adviseConfiguration(
  { credential, session: { surroundings } }: Call,
  state: State,
  key: Exclude<ConfiguredKey, "another token's">,
): Promise<void> {
  await surroundings.log("warning", adviseOnSelfRotation(credential, state, key === "in its grace"));
}
