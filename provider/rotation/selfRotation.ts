/** Guards the very token that the run authenticates with: its rotation could lock the stack out. */
import { resetExpiry } from "../decisions/ends";
import { UserError } from "../messages/words";
import type { Host } from "../run/host";
import { isInterrupted } from "../run/interrupts";
import type { Session } from "../run/session";
import type { Strategy } from "./strategy";
import { type Asked, asNoChangeError, type ConfiguredKey, type Kept } from "./work";

/** @throws {UserError} if it can't be told */
export async function configuredKey<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  state: State,
  inputs?: Given,
): Promise<ConfiguredKey> {
  const { lastFour } = state;
  // Asked for every credential: it also sets LaunchDarkly's clock, and says most plainly that the key is wrong.
  const admin = await asNoChangeError(() => session.admin(), strategy.says.undone);
  session.assertHome();
  const tokenId = strategy.verifiableAs(inputs, state);
  if (tokenId === undefined) return "another token's";
  const isCurrent = lastFour === null || session.isAdminKeyEnding(lastFour);
  // LaunchDarkly need not say whose key it is; then its ending has to do.
  const isOwn = admin.tokenId === undefined ? isCurrent && lastFour !== null : admin.tokenId === tokenId;
  if (!isOwn) return "another token's";
  return isCurrent && !state.lostReset ? "current" : "in its grace";
}

/**
 * @throws {UserError} if the token is the one that the run authenticates with, and its rotation is not allowed, would end
 * the configured key at once, or may
 */
export async function permitSelfRotation<State extends Kept, Given extends Asked>(
  strategy: Strategy<State, Given, unknown>,
  session: Session,
  state: State,
  inputs: Given,
): Promise<ConfiguredKey> {
  const { says } = strategy;
  const { allowSelfRotation, oldKeyExpiry } = inputs;
  const key = await configuredKey(strategy, session, state, inputs);
  if (key === "another token's") return key;
  if (!allowSelfRotation) throw new UserError(says.lockOut);
  const isKnown = oldKeyExpiry?.kind !== "unknown";
  if (isKnown && resetExpiry(oldKeyExpiry, session.client.now()) === undefined) throw new UserError(says.deathAtOnce);
  const outdated = key === "in its grace" ? strategy.outdated(state) : undefined;
  if (outdated !== undefined) throw new UserError(outdated);
  return key;
}

/**
 * The last check before a request that makes a new key, which may have waited for a long time.
 *
 * @param work what is about to happen, as in "the reset"
 * @returns why it must not be sent any more; undefined if it may
 */
export async function sendBlocker({ isEngineGone }: Host, work: string): Promise<UserError | undefined> {
  if (isInterrupted()) return new UserError(`the run was interrupted before ${work}.`);
  // Nobody would save the key, and a later run may already hold the current one.
  return (await isEngineGone()) ? new UserError("the Pulumi run that asked for it is gone.") : undefined;
}
