/** One rotation, the same for create and update: reset, keep the key whatever happens next, verify it. */
import { LaunchDarklyError } from "../client/launchDarklyError";
import { lostState, metadata, rotatedState } from "../rotation/nextState";
import type { AccessToken } from "../schemas/accessToken";
import type { Inputs } from "../schemas/inputs";
import type { State } from "../schemas/state";
import { uninterrupted } from "./interrupts";
import { PartialFailure } from "./partialFailure";
import { resetToken } from "./resetToken";
import type { Session } from "./session";
import { tokenName } from "./tokenName";
import { unchanged } from "./unchanged";
import { UserError } from "./userError";
import { verifyKey } from "./verifyKey";

export interface RotationOrder {
  readonly inputs: Inputs;
  /** The state before the rotation. */
  readonly state: State;
  readonly reason: string;
  /** The serialized provider, which a saved state must hold. */
  readonly provider: unknown;
}

/**
 * @returns the new state
 * @throws {UserError} if nothing changed
 * @throws {PartialFailure} if the token was reset, or may have been, and the next run has to go on
 */
export function rotate(session: Session, order: RotationOrder): Promise<State> {
  const { due, done } = session.progress;
  due.add(order.state.tokenId);
  return uninterrupted(async () => {
    await refuseSelfRotation(session, order);
    const startedAt = session.surroundings.elapsed();
    const rotated = await reset(session, order, startedAt);
    done.add(rotated.tokenId);
    await session.surroundings.log("info", describeReset(rotated));
    return verified(session, rotated, order, startedAt);
  });
}

function describeReset({ tokenId, name, tokenLastFour, oldKeyExpiresAt }: State): string {
  const end = `the one before dies at ${String(oldKeyExpiresAt)}`;
  return `Access token ${tokenName(tokenId, name)} was reset: the new key ends in ${String(tokenLastFour)}, ${end}.`;
}

/** Resetting the key that the run authenticates with would lock the rest of the run out. */
async function refuseSelfRotation(
  session: Session,
  { state: { tokenId, name, tokenLastFour } }: RotationOrder,
): Promise<void> {
  const admin = await unchanged(tokenName(tokenId, name), () => session.admin());
  // LaunchDarkly need not say whose key it is; then its ending has to do.
  const isOwn = admin.tokenId === undefined ? session.isAdminKeyEnding(tokenLastFour) : admin.tokenId === tokenId;
  if (!isOwn) return;
  throw new UserError(
    `Access token ${tokenName(tokenId, name)} is the one that launchdarkly:accessToken authenticates with: a reset would lock this stack out. Configure the key of another token.`,
  );
}

async function reset(
  session: Session,
  { inputs, state, reason, provider }: RotationOrder,
  startedAt: number,
): Promise<State> {
  const { tokenId, oldKeyExpiry, triggers, verify } = inputs;
  const name = tokenName(tokenId, state.name);
  const before = { lastFour: state.tokenLastFour, lastModified: state.lastModified, name: state.name };
  const outcome = await resetToken(session, { tokenId, oldKeyExpiry, before, startedAt });
  switch (outcome.kind) {
    case "reset":
      return rotatedState(state, { ...outcome, triggers, reason, verify });
    case "failed":
      throw new UserError(`Access token ${name} was not reset: ${outcome.error.message}`);
    case "lost": {
      const consequence =
        outcome.until === undefined
          ? "The old key is dead"
          : `The old key works until ${new Date(outcome.until).toISOString()}`;
      const further = outcome.error === undefined ? "" : ` Another reset failed: ${outcome.error.message}`;
      const message = `Access token ${name} was reset, but LaunchDarkly's answer with the new key was lost. ${consequence}.${further} Run pulumi up again: it resets the token once more and gets a new key.`;
      throw new PartialFailure(tokenId, lostState(state, outcome.sent, outcome.token), provider, message);
    }
    case "inDoubt": {
      const { expiry } = outcome.sent;
      const consequence = expiry === undefined ? "is dead" : `works until ${new Date(expiry).toISOString()}`;
      const message = `Access token ${name} may have been reset: LaunchDarkly's answer was lost, and the token could not be read afterwards (${outcome.error.message}) If it was reset, the old key ${consequence}. Run pulumi up again: it finds out, and resets the token once more only if it must.`;
      throw new PartialFailure(tokenId, lostState(state, outcome.sent, undefined), provider, message);
    }
  }
}

/** Verifies the key of a state that still asks for it. */
export async function verified(
  session: Session,
  state: State,
  { inputs, provider }: Pick<RotationOrder, "inputs" | "provider">,
  startedAt = session.surroundings.elapsed(),
): Promise<State> {
  const done = { ...state, verificationPending: false };
  if (!state.verificationPending || !inputs.verify || state.token === null) return done;
  try {
    await verifyKey(session, state.token, state.tokenId, startedAt);
    return done;
  } catch (error) {
    const name = tokenName(state.tokenId, state.name);
    const verdict = `Access token ${name} was reset and its new key (ending in ${String(state.tokenLastFour)}) is saved, but`;
    const current = await currentKeyIfOther(session, state, error);
    if (current !== undefined) {
      const message = `${verdict} somebody else has reset the token since (key ending in ${String(current.lastFour)}). Run pulumi up again: it resets the token once more. Let one stack alone rotate it.`;
      throw new PartialFailure(state.tokenId, { ...done, ...metadata(current) }, provider, message);
    }
    const message = `${verdict} the key could not be verified: ${(error as Error).message} Run pulumi up again: it verifies the key without another reset.`;
    throw new PartialFailure(state.tokenId, state, provider, message);
  }
}

/** The token as LaunchDarkly shows it, if the reason why a key does not work is that it is not the current one. */
async function currentKeyIfOther({ client }: Session, state: State, error: unknown): Promise<AccessToken | undefined> {
  if (!(error instanceof LaunchDarklyError) || error.code !== "unauthorized") return undefined;
  const found = await client.getAccessToken(state.tokenId).catch(() => undefined);
  return found?.lastFour === state.tokenLastFour ? undefined : found;
}
