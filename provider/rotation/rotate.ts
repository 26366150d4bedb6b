/** One rotation, the same for create and update: reset, keep the key whatever happens next, verify it. */
import { lostState, rotatedState } from "../decisions/nextState";
import type { Inputs } from "../model/inputs";
import type { State } from "../model/state";
import { uninterrupted } from "../run/interrupts";
import { PartialFailure } from "./partialFailure";
import { resetToken } from "./resetKey";
import { adviseConfiguration, permitSelfRotation } from "./selfRotation";
import type { Session } from "../run/session";
import { tokenName } from "../messages/tokenName";
import { UserError } from "../messages/userError";
import { verified } from "./verified";

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
    const configuredKey = await permitSelfRotation(session, order.state, order.inputs);
    const startedAt = session.surroundings.elapsed();
    const { state, isAfterDoubt } = await reset(session, order, startedAt);
    done.add(state.tokenId);
    await session.surroundings.log("info", describeReset(state));
    // Before the verification: if that fails, the configured key dies all the same.
    if (configuredKey !== "another token's") await adviseConfiguration(session, state, configuredKey);
    const outs = await verified(session, state, { ...order, startedAt, isAfterDoubt });
    if (configuredKey !== "another token's" && outs.token !== null) session.authenticateWith(outs.token);
    return outs;
  });
}

function describeReset({ tokenId, name, tokenLastFour, oldKeyExpiresAt }: State): string {
  const end = `the one before dies at ${String(oldKeyExpiresAt)}`;
  return `Access token ${tokenName(tokenId, name)} was reset: the new key ends in ${String(tokenLastFour)}, ${end}.`;
}

async function reset(
  session: Session,
  { inputs, state, reason, provider }: RotationOrder,
  startedAt: number,
): Promise<{ state: State; isAfterDoubt: boolean }> {
  const { tokenId, oldKeyExpiry, triggers, verify } = inputs;
  const name = tokenName(tokenId, state.name);
  const before = { lastFour: state.tokenLastFour, lastModified: state.lastModified, name: state.name };
  const isHeld = state.lostReset === null;
  const outcome = await resetToken(session, { tokenId, oldKeyExpiry, before, isHeld, startedAt });
  switch (outcome.kind) {
    case "reset":
      return {
        state: rotatedState(state, { ...outcome, triggers, reason, verify }),
        isAfterDoubt: outcome.isAfterDoubt,
      };
    case "failed": {
      const verdict = `Access token ${name} was not reset: ${outcome.error.message}`;
      if (!outcome.lateResetPossible) throw new UserError(verdict);
      const caveat = `${verdict} But an attempt before may yet be carried out. Run pulumi up again:`;
      if (state.token === null) throw new UserError(`${caveat} it resets the token.`);
      const message = `${caveat} it looks, and resets the token once more if it must.`;
      throw new PartialFailure(tokenId, { ...state, lateResetPossible: true }, provider, message);
    }
    case "lost": {
      const withoutGrace = isHeld ? "The old key is dead" : "The key that its users hold may be dead";
      const consequence =
        outcome.until === undefined ? withoutGrace : `The old key works until ${new Date(outcome.until).toISOString()}`;
      const further = outcome.error === undefined ? "" : ` Another reset failed: ${outcome.error.message}`;
      const message = `Access token ${name} was reset, but LaunchDarkly's answer with the new key was lost. ${consequence}.${further} Run pulumi up again: it resets the token once more and gets a new key.`;
      throw new PartialFailure(tokenId, lostState(state, outcome.sent, outcome.token), provider, message);
    }
    case "inDoubt": {
      const { expiry } = outcome.sent;
      const consequence = expiry === undefined ? "is dead" : `works until ${new Date(expiry).toISOString()}`;
      const verdict = `LaunchDarkly's answer was lost, and the token could not be read afterwards (${outcome.error.message})`;
      const message = !isHeld
        ? `Access token ${name} has no key that anybody holds: this time, too, ${verdict} Run pulumi up again: it resets the token once more and gets a new key.`
        : `Access token ${name} may have been reset: ${verdict} If it was reset, the old key ${consequence}. Run pulumi up again: it finds out, and resets the token once more only if it must.`;
      throw new PartialFailure(tokenId, lostState(state, outcome.sent, undefined), provider, message);
    }
  }
}
